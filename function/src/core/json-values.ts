import type { AttributeValue, Item } from './attribute-value.ts';
import { plainDecimal } from './decimal.ts';
import type { JsonWriter } from './json-writer.ts';

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Writes one value; false when it is not what DynamoDB writes, and then what was written is void. */
export type Write<Value> = (writer: JsonWriter, value: Value) => boolean;

/** What differs between profiles: how numbers, maps and lists are written. */
export type Dialect = {
  readonly number: Write<string>;
  readonly map: Write<Item>;
  readonly list: Write<readonly AttributeValue[]>;
};

/** The writer of typed values; the likeliest types are looked for first. */
export const valueWriter =
  ({ number, map, list }: Dialect): Write<AttributeValue> =>
  (writer, value) => {
    if (typeof value !== 'object' || value === null) return false;
    if (value.S !== undefined) return writeText(writer, value.S);
    if (value.N !== undefined) return number(writer, value.N);
    if (value.M !== undefined) return map(writer, value.M);
    if (value.BOOL !== undefined) return writeBoolean(writer, value.BOOL);
    if (value.L !== undefined) return list(writer, value.L);
    if (value.NULL !== undefined) return writeNull(writer, value.NULL);
    if (value.B !== undefined) return writeText(writer, value.B);
    if (value.SS !== undefined) return writeArray(writer, value.SS, writeText);
    if (value.NS !== undefined) return writeArray(writer, value.NS, number);
    return value.BS !== undefined && writeArray(writer, value.BS, writeText);
  };

/** `S`, and `B`, whose base64 text is its JSON. */
export const writeText: Write<string> = (writer, text) => {
  if (typeof text !== 'string') return false;
  writer.string(text);
  return true;
};

/** `N` with every digit it has. */
export const writeNumber: Write<string> = (writer, text) => {
  const number = typeof text === 'string' ? jsonNumber(text) : undefined;
  if (number === undefined) return false;
  writer.ascii(number);
  return true;
};

/** `N` as a JSON string of its plain digits. */
export const writeNumberAsText: Write<string | undefined> = (writer, text) => {
  const number = typeof text === 'string' ? plainDecimal(text) : undefined;
  if (number === undefined) return false;
  writer.string(number);
  return true;
};

const jsonNumber = (text: string): string | undefined =>
  JSON_NUMBER.test(text) ? text : plainDecimal(text);

/** `BOOL`. */
const writeBoolean: Write<boolean> = (writer, value) => {
  if (typeof value !== 'boolean') return false;
  writer.ascii(value ? 'true' : 'false');
  return true;
};

/** `NULL`. */
const writeNull: Write<unknown> = (writer) => {
  writer.ascii('null');
  return true;
};

/** `L` and the sets. */
export const writeArray = <Member>(
  writer: JsonWriter,
  members: readonly Member[],
  write: Write<Member>,
): boolean => {
  if (!Array.isArray(members)) return false;
  writer.character(OPENING_BRACKET);
  for (let index = 0; index < members.length; index++) {
    if (index > 0) writer.character(COMMA);
    const member = members[index];
    if (member === undefined || !write(writer, member)) return false;
  }
  writer.character(CLOSING_BRACKET);
  return true;
};

/** A member's name, ready to be written. */
export type MemberName = {
  /** `"name":`. */
  readonly bytes: Uint8Array;
  /** Of objects in OpenSearch, to which a name with dots is a path: one more than it has dots. */
  readonly levels: number;
};

/** The name of an attribute that documents do not have. */
export const LEFT_OUT: MemberName = { bytes: new Uint8Array(), levels: 0 };

/** `M`, and a whole item, whose members' names are encoded or {@link LEFT_OUT}. */
export const writeObject = <Member>(
  writer: JsonWriter,
  members: { readonly [name: string]: Member },
  encodeName: (name: string) => MemberName,
  write: Write<Member>,
): boolean => {
  if (typeof members !== 'object' || members === null || Array.isArray(members)) return false;
  let separator = OPENING_BRACE; // then a comma before every further member
  for (const name in members) {
    const encoded = encodeName(name);
    if (encoded === LEFT_OUT) continue;
    writer.character(separator);
    separator = COMMA;
    writer.bytes(encoded.bytes);
    const member = members[name];
    if (!writer.descend(encoded.levels)) return false;
    if (member === undefined || !write(writer, member)) return false;
    writer.ascend(encoded.levels);
  }
  if (separator === OPENING_BRACE) writer.character(OPENING_BRACE);
  writer.character(CLOSING_BRACE);
  return true;
};

const COMMA = 44;
const OPENING_BRACKET = 91;
const CLOSING_BRACKET = 93;
const OPENING_BRACE = 123;
const CLOSING_BRACE = 125;

/** Encodes a member's name. */
export const encodeMemberName = (name: string): MemberName => ({
  bytes: Buffer.from(`${JSON.stringify(name)}:`),
  levels: name.split('.').length,
});
