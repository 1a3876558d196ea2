const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPENING_BRACKET = 91;
const BACKSLASH = 92;
const CLOSING_BRACKET = 93;
const OPENING_BRACE = 123;
const CLOSING_BRACE = 125;

const SPACES = /[ \t\n\r]*/y;
const SCALAR = /[-+.\w]+/y;

/**
 * Reads JSON text from its beginning to its end, without making values of what only has to be passed
 * or compared; numbers keep every digit, because nobody parses them. It throws a SyntaxError, as
 * `JSON.parse` does, where the text is cut off or is not JSON.
 *
 * It is a class because it owns its position and because every document that is verified passes here.
 */
export class JsonReader {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Passes the value that follows if it is this text: an object or a list, which nothing can continue. */
  takes(value: string): boolean {
    if (!this.#text.startsWith(value, this.#position)) return false;
    this.#position += value.length;
    return true;
  }

  /** The text of the value that follows, as it stands. */
  span(): string {
    this.#skipSpaces();
    const start = this.#position;
    this.skip();
    return this.#text.slice(start, this.#position);
  }

  /** The string that follows. */
  string(): string {
    const span = this.span();
    if (span.charCodeAt(0) !== QUOTE) throw this.#unexpected();
    return decodeString(span);
  }

  /** Calls `readValue` with the name of each member of the object that follows; it must read its value. */
  object(readValue: (name: string) => void): void {
    this.#expect(OPENING_BRACE);
    if (this.#accept(CLOSING_BRACE)) return;
    do {
      const name = this.string();
      this.#expect(COLON);
      readValue(name);
    } while (this.#accept(COMMA));
    this.#expect(CLOSING_BRACE);
  }

  /** Calls `readValue` for each member of the list that follows; it must read it. */
  array(readValue: () => void): void {
    this.#expect(OPENING_BRACKET);
    if (this.#accept(CLOSING_BRACKET)) return;
    do readValue();
    while (this.#accept(COMMA));
    this.#expect(CLOSING_BRACKET);
  }

  /** Passes the value that follows. */
  skip(): void {
    let depth = 0; // of the objects and lists that are open
    do {
      this.#skipSpaces();
      const character = this.#text.charCodeAt(this.#position);
      if (character === QUOTE) this.#skipString();
      else if (character === OPENING_BRACE || character === OPENING_BRACKET) depth += this.#step(1);
      else if (depth === 0 || !isBetween(character)) this.#skipScalar();
      else if (character === CLOSING_BRACE || character === CLOSING_BRACKET)
        depth += this.#step(-1);
      else this.#position++;
    } while (depth > 0);
  }

  /** Goes on by a character, and returns by how much the depth changes. */
  #step(change: 1 | -1): number {
    this.#position++;
    return change;
  }

  #skipString(): void {
    let end = this.#position; // of the last quote that was found
    do {
      end = this.#text.indexOf('"', end + 1);
      if (end < 0) throw this.#unexpected();
    } while (this.#isEscaped(end));
    this.#position = end + 1;
  }

  /** Whether an odd number of backslashes stands before that position. */
  #isEscaped(position: number): boolean {
    let start = position; // of the backslashes
    while (this.#text.charCodeAt(start - 1) === BACKSLASH) start--;
    return (position - start) % 2 === 1;
  }

  #skipScalar(): void {
    SCALAR.lastIndex = this.#position;
    if (!SCALAR.test(this.#text)) throw this.#unexpected();
    this.#position = SCALAR.lastIndex;
  }

  #skipSpaces(): void {
    if (this.#text.charCodeAt(this.#position) > 32) return;
    SPACES.lastIndex = this.#position;
    SPACES.test(this.#text);
    this.#position = SPACES.lastIndex;
  }

  #accept(character: number): boolean {
    this.#skipSpaces();
    if (this.#text.charCodeAt(this.#position) !== character) return false;
    this.#position++;
    return true;
  }

  #expect(character: number): void {
    if (!this.#accept(character)) throw this.#unexpected();
  }

  #unexpected(): SyntaxError {
    return new SyntaxError(`the text is not JSON at position ${this.#position}`);
  }
}

/** Whether the character may stand between values or behind the last one. */
const isBetween = (character: number): boolean =>
  character === COMMA ||
  character === COLON ||
  character === CLOSING_BRACE ||
  character === CLOSING_BRACKET;

/** The string that a JSON text stands for. */
export const decodeString = (json: string): string =>
  json.includes('\\') ? JSON.parse(json) : json.slice(1, -1);
