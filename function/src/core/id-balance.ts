import { hash } from 'node:crypto';

const BUCKETS = 2 ** 16;
const WORDS = 4; // of a hash, 32 bits each
const ENTRY_BYTES = 2 + 4 + WORDS * 4; // of a bucket: its number, count and sums

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

  /** An empty one that may be added to this. */
  another(): IdBalance {
    return new IdBalance(this.#key);
  }

  /** Takes everything out. */
  clear(): void {
    this.#counts.fill(0);
    this.#sums.fill(0);
  }

  /** Adds what another balance holds. */
  addAll(other: IdBalance): void {
    for (const [at, count] of other.#counts.entries()) Atomics.add(this.#counts, at, count);
    for (const [at, sum] of other.#sums.entries()) Atomics.add(this.#sums, at, sum);
  }

  /** What it holds, for {@link addBytes} of a balance with the same key: 22 bytes for each bucket that is not even. */
  toBytes(): Uint8Array {
    const buckets = [...this.#counts.entries()].filter(([bucket]) => this.#isUneven(bucket));
    const view = new DataView(new ArrayBuffer(buckets.length * ENTRY_BYTES));
    for (const [at, [bucket, count]] of buckets.entries()) {
      const start = at * ENTRY_BYTES;
      view.setUint16(start, bucket, true);
      view.setInt32(start + 2, count, true);
      for (const [word, sum] of this.#sumsOf(bucket).entries())
        view.setUint32(start + 6 + word * 4, sum, true);
    }
    return new Uint8Array(view.buffer);
  }

  /** Adds what another balance held. @throws RangeError when the bytes are not whole */
  addBytes(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let start = 0; start < bytes.byteLength; start += ENTRY_BYTES) {
      const bucket = view.getUint16(start, true);
      Atomics.add(this.#counts, bucket, view.getInt32(start + 2, true));
      for (let word = 0; word < WORDS; word++)
        Atomics.add(this.#sums, bucket * WORDS + word, view.getUint32(start + 6 + word * 4, true));
    }
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
    return this.#isUneven(bucketOf(this.#digest(id)));
  }

  #isUneven(bucket: number): boolean {
    return this.#counts[bucket] !== 0 || this.#sumsOf(bucket).some((sum) => sum !== 0);
  }

  #sumsOf(bucket: number): Uint32Array {
    return this.#sums.subarray(bucket * WORDS, (bucket + 1) * WORDS);
  }

  #digest(id: string): Buffer {
    return hash('sha256', this.#key + id, 'buffer');
  }
}

// Behind the words that are summed up.
const bucketOf = (digest: Buffer): number => digest.readUInt16LE(WORDS * 4);
