// Most events are small; large ones soon reach chunks that hold a whole page.
const FIRST_CHUNK_BYTES = 32 * 1024;
const LARGEST_CHUNK_BYTES = 1024 * 1024;
const QUOTE = 34;
const BACKSLASH = 92;

// Indexes go 20 levels deep, ours 40. What a path costs OpenSearch 3.8 grows with the cube of its levels: 1.6 s for 400;
// 4.5 s for 600, and then it answers 500, as if that could pass; a name of 1,000, 2 KB, takes a node down (measured).
const MOST_LEVELS = 50;

// Anything but what JSON holds as it is; a surrogate may be a lone one, which only JSON.stringify tells.
const NEEDS_ESCAPE = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

// Up to this length a loop over the characters beats the call into V8's own UTF-8 writer (measured: docs/decisions/0001).
const LONGEST_LOOP = 96;

/**
 * Writes JSON text straight into UTF-8 bytes. What has been written since the last `take` is one
 * contiguous view; chunks are never reused, so a view that was taken stays valid.
 *
 * It is a class because it owns the buffer it fills and because every value of an event passes here:
 * bytes cost a third to a half of what building strings and encoding them costs.
 */
export class JsonWriter {
  #chunk = Buffer.allocUnsafeSlow(FIRST_CHUNK_BYTES);
  #start = 0;
  #position = 0;
  #levels = 0; // of objects around what is written next

  /** Everything written since the last call. */
  take(): Uint8Array {
    const taken = this.#chunk.subarray(this.#start, this.#position);
    this.#start = this.#position;
    return taken;
  }

  /** Forgets what has been written since the last `take`. */
  discard(): void {
    this.#position = this.#start;
    this.#levels = 0;
  }

  /** What is written next lies so many levels of objects deeper. False when that is deeper than any index goes. */
  descend(levels: number): boolean {
    this.#levels += levels;
    return this.#levels <= MOST_LEVELS;
  }

  /** It lies so many levels less deep again. */
  ascend(levels: number): void {
    this.#levels -= levels;
  }

  /** How many bytes have been written since the last `take`. */
  get length(): number {
    return this.#position - this.#start;
  }

  /** Takes back what was written beyond that length, and returns it as text. */
  cut(length: number): string {
    const end = this.#position;
    this.#position = this.#start + length;
    return this.#chunk.toString('utf8', this.#position, end);
  }

  /** One ASCII character by its code, such as a bracket or a comma. */
  character(code: number): void {
    this.#reserve(1);
    this.#chunk[this.#position++] = code;
  }

  /** ASCII text as it is: punctuation, digits, literals. */
  ascii(text: string): void {
    this.#reserve(text.length);
    for (let index = 0; index < text.length; index++) {
      this.#chunk[this.#position++] = text.charCodeAt(index);
    }
  }

  /** Ready-made bytes, such as the name of an attribute that was encoded before. */
  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#chunk.set(bytes, this.#position);
    this.#position += bytes.length;
  }

  /** A JSON string; what UTF-8 cannot hold (lone surrogates) becomes an escape, so nothing is lost. */
  string(text: string): void {
    if (text.length > LONGEST_LOOP || !this.#plain(text)) {
      this.#utf8(NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`);
    }
  }

  /** Whether the text was written because it is printable ASCII that needs no escape. */
  #plain(text: string): boolean {
    this.#reserve(text.length + 2);
    const chunk = this.#chunk;
    let position = this.#position; // a local: the loop runs for every character of an event
    chunk[position++] = QUOTE;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code < 32 || code > 126 || code === QUOTE || code === BACKSLASH) return false;
      chunk[position++] = code;
    }
    chunk[position++] = QUOTE;
    this.#position = position;
    return true;
  }

  #utf8(text: string): void {
    this.#reserve(text.length * 3);
    this.#position += this.#chunk.write(text, this.#position);
  }

  /** Makes room; what was begun moves along, so that it stays in one piece. */
  #reserve(bytes: number): void {
    if (this.#position + bytes <= this.#chunk.length) return;
    const begun = this.#chunk.subarray(this.#start, this.#position);
    const doubled = Math.min(LARGEST_CHUNK_BYTES, this.#chunk.length * 2);
    this.#chunk = Buffer.allocUnsafeSlow(Math.max(doubled, (begun.length + bytes) * 2));
    this.#chunk.set(begun);
    this.#start = 0;
    this.#position = begun.length;
  }
}
