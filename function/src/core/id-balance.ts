import { hash } from 'node:crypto';

const BUCKETS = 2 ** 16;
const WORDS = 4; // of a hash, 32 bits each

/**
 * Weighs two sets of ids against each other in constant memory, however many they are: the ids of
 * documents that were found for items against the ids of all documents of the index.
 *
 * Ids fall into buckets by a keyed hash, and each bucket keeps how many more the one side has and the
 * difference of the sums of their hashes, 128 bits. A bucket in which the sides hold different ids
 * comes out even only if sums of hashes collide, which nobody can bring about without the key.
 *
 * It is a class because it owns its memory, 1.3 MB, and because every id of an index passes here twice.
 */
export class IdBalance {
  readonly #key: string;
  readonly #counts = new Int32Array(BUCKETS);
  readonly #sums = new Uint32Array(BUCKETS * WORDS);

  /** `key` is a random text; balances that are to be added up have the same. */
  constructor(key: string) {
    this.#key = key;
  }

  /** Puts an id on the side of the items (1) or of the documents (-1). */
  add(id: string, side: 1 | -1): void {
    const digest = this.#digest(id);
    const bucket = bucketOf(digest);
    // Atomics only because they add in place, and wrap around at 32 bits.
    Atomics.add(this.#counts, bucket, side);
    for (let word = 0; word < WORDS; word++) {
      Atomics.add(this.#sums, bucket * WORDS + word, side * digest.readUInt32LE(word * 4));
    }
  }

  /** Adds what another balance holds. */
  addAll(other: IdBalance): void {
    for (const [at, count] of other.#counts.entries()) Atomics.add(this.#counts, at, count);
    for (const [at, sum] of other.#sums.entries()) Atomics.add(this.#sums, at, sum);
  }

  /** Whether both sides hold the same ids. */
  isEven(): boolean {
    return this.#counts.every((count) => count === 0) && this.#sums.every((sum) => sum === 0);
  }

  /** Whether a bucket holds fewer documents than were found for items. */
  isShort(): boolean {
    return this.#counts.some((count) => count > 0);
  }

  /** Whether the sides hold different ids in the bucket to which this one belongs. */
  isUnevenAt(id: string): boolean {
    const bucket = bucketOf(this.#digest(id));
    const sums = this.#sums.subarray(bucket * WORDS, (bucket + 1) * WORDS);
    return this.#counts[bucket] !== 0 || sums.some((sum) => sum !== 0);
  }

  #digest(id: string): Buffer {
    return hash('sha256', this.#key + id, 'buffer');
  }
}

// Behind the words that are summed up.
const bucketOf = (digest: Buffer): number => digest.readUInt16LE(WORDS * 4);
