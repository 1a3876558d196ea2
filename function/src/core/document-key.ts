import { bfansportsFieldName, fieldName } from './attribute-name.ts';
import type { AttributeValue, Item } from './attribute-value.ts';
import { plainDecimal } from './decimal.ts';
import { documentId, HASHED } from './document-id.ts';
import { keyAttributes } from './item-key.ts';
import { decodeString } from './json-reader.ts';
import { membersOf } from './same-document.ts';
import type { KeyAttribute, Table } from './table.ts';

/** The key of the item that a document's id stands for; undefined where the id alone does not tell. */
export const keyInId = (id: string, table: Table): Item | undefined => {
  if (id.startsWith(HASHED)) return undefined;
  const texts = keyTextsIn(id, table);
  return texts && keyIfOf(id, table, texts);
};

/** The key of the item that a document, whose JSON this is, was made of; undefined where it does not hold it. */
export const keyInDocument = (id: string, json: string, table: Table): Item | undefined => {
  const fields = membersOf(json);
  const texts = keyAttributes(table).map(({ name }) => textOf(fields.get(nameIn(table, name))));
  return keyIfOf(id, table, texts);
};

// In a partition value every bar stands behind a backslash, so that the first lone one is the delimiter.
const EXACT_PAIR = /^((?:[^\\|]|\\[\\|])*)\|(.*)$/s;
// The original escaped nothing: one bar is the delimiter, several could be anywhere.
const BFANSPORTS_PAIR = /^([^|]*)\|([^|]*)$/;

const keyTextsIn = (id: string, { sortKey, profile }: Table): readonly string[] | undefined => {
  if (sortKey === undefined) return [id];
  const pair = profile === 'exact' ? EXACT_PAIR : BFANSPORTS_PAIR;
  const [, partition, sort] = pair.exec(id) ?? [];
  if (partition === undefined || sort === undefined) return undefined;
  return [profile === 'exact' ? partition.replace(/\\([\\|])/g, '$1') : partition, sort];
};

/** The key with these values, if an item can have it and the id was made of it. */
const keyIfOf = (
  id: string,
  table: Table,
  texts: readonly (string | undefined)[],
): Item | undefined => {
  const attributes = keyAttributes(table).map((key, at): [string, AttributeValue] => [
    key.name,
    { [key.type]: possibleValue(key, texts[at], at === 0 ? LONGEST_PARTITION : LONGEST_SORT) },
  ]);
  const key = Object.fromEntries(attributes);
  return documentId(key, table) === id ? key : undefined;
};

// In bytes; for a number that DynamoDB can hold there is room in either.
const LONGEST_PARTITION = 2048;
const LONGEST_SORT = 1024;

/** The value as DynamoDB has it; undefined if it has no such, because then it refuses to look for it. */
const possibleValue = (
  { type }: KeyAttribute,
  text: string | undefined,
  longestBytes: number,
): string | undefined => {
  if (text === undefined || text === '') return undefined;
  if (type === 'N') return possibleNumber(text);
  const bytes = Buffer.byteLength(text, type === 'B' ? 'base64' : 'utf8');
  return bytes <= longestBytes && text.isWellFormed() ? text : undefined;
};

const MOST_DIGITS = 38;
const MOST_WHOLE_DIGITS = 126; // 9.9…E+125
const MOST_DECIMAL_PLACES = 130; // 1E-130

const possibleNumber = (text: string): string | undefined => {
  const decimal = plainDecimal(text);
  const [whole = '', fraction = ''] = decimal?.replace('-', '').split('.') ?? [];
  const digits = (whole + fraction).replace(/^0+|0+$/g, '');
  const isPossible =
    digits.length <= MOST_DIGITS &&
    whole.length <= MOST_WHOLE_DIGITS &&
    fraction.length <= MOST_DECIMAL_PLACES;
  return isPossible ? decimal : undefined;
};

const nameIn = ({ profile }: Table, name: string): string =>
  profile === 'exact' ? fieldName(name) : bfansportsFieldName({}, name);

const textOf = (json: string | undefined): string | undefined =>
  json?.startsWith('"') ? decodeString(json) : json;
