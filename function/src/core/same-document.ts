import { plainDecimal } from './decimal.ts';
import { decodeString, JsonReader } from './json-reader.ts';

/** The first field in which a document is not what its item makes of it. */
export type FieldDifference = {
  /** `lines[2].price` for a field within a field. */
  readonly path: string;
  /** The value that the item has there, as JSON text; undefined where it has none. */
  readonly table: string | undefined;
  /** The value that the document has there. */
  readonly index: string | undefined;
};

/** How documents are compared. */
export type Comparison = {
  /** Whether a document may have more fields than its item: an ingest pipeline adds some. */
  readonly mayHaveMore: boolean;
};

/**
 * Reads the document that follows and holds it against the one its item makes; undefined if they are
 * equal. They are when their values are: members in any order, numbers by value with every digit,
 * strings by their characters. Of members with one name the last counts, as it does for `JSON.parse`.
 *
 * OpenSearch gives documents back byte for byte, so nearly all of them are equal at the first glance.
 */
export const readDifference = (
  expected: string,
  reader: JsonReader,
  comparison: Comparison,
): FieldDifference | undefined =>
  reader.takes(expected) ? undefined : differenceOfObjects('', expected, reader.span(), comparison);

/**
 * The fields of a document that differ from two versions of its item, which are the same in both: no
 * change from the one to the other explains them.
 */
export const unexplainedDifferences = (
  [before, now]: readonly [string, string],
  document: string,
  { mayHaveMore }: Comparison,
): readonly FieldDifference[] => {
  const earlier = membersOf(before);
  const expected = membersOf(now);
  const actual = membersOf(document);
  const names = mayHaveMore ? expected.keys() : new Set([...expected.keys(), ...actual.keys()]);
  return [...names]
    .filter((name) => earlier.get(name) === expected.get(name))
    .flatMap(
      (name) => differenceOf(name, { table: expected.get(name), index: actual.get(name) }) ?? [],
    );
};

type Values = { readonly table: string | undefined; readonly index: string | undefined };

const differenceOf = (path: string, { table, index }: Values): FieldDifference | undefined => {
  if (table === index) return undefined;
  if (table === undefined || index === undefined) return { path, table, index };
  if (table.startsWith('{') && index.startsWith('{'))
    return differenceOfObjects(path, table, index, { mayHaveMore: false });
  if (table.startsWith('[') && index.startsWith('[')) return differenceOfLists(path, table, index);
  return isSameScalar(table, index) ? undefined : { path, table, index };
};

const differenceOfObjects = (
  path: string,
  table: string,
  index: string,
  { mayHaveMore }: Comparison,
): FieldDifference | undefined => {
  const expected = membersOf(table);
  const actual = membersOf(index);
  const names = mayHaveMore ? expected.keys() : new Set([...expected.keys(), ...actual.keys()]);
  for (const name of names) {
    const values = { table: expected.get(name), index: actual.get(name) };
    const difference = differenceOf(path === '' ? name : `${path}.${name}`, values);
    if (difference !== undefined) return difference;
  }
  return undefined;
};

const differenceOfLists = (
  path: string,
  table: string,
  index: string,
): FieldDifference | undefined => {
  const expected = elementsOf(table);
  const actual = elementsOf(index);
  const length = Math.max(expected.length, actual.length);
  for (let at = 0; at < length; at++) {
    const values = { table: expected[at], index: actual[at] };
    const difference = differenceOf(`${path}[${at}]`, values);
    if (difference !== undefined) return difference;
  }
  return undefined;
};

/** The members of an object, each value as JSON text. */
export const membersOf = (object: string): ReadonlyMap<string, string> => {
  const members = new Map<string, string>();
  const reader = new JsonReader(object);
  reader.object((name) => members.set(name, reader.span()));
  return members;
};

const elementsOf = (list: string): readonly string[] => {
  const elements: string[] = [];
  const reader = new JsonReader(list);
  reader.array(() => elements.push(reader.span()));
  return elements;
};

const isSameScalar = (one: string, other: string): boolean =>
  one.startsWith('"') && other.startsWith('"')
    ? decodeString(one) === decodeString(other)
    : canonicalNumber(one) === canonicalNumber(other);

// What is no number of DynamoDB's, or no number at all, equals itself only.
const canonicalNumber = (text: string): string => plainDecimal(text) ?? text;
