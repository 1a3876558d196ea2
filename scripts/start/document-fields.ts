import { plainDecimal } from '../../function/src/core/decimal.ts';

/** A document to be compared: the canonical JSON text of each field, equal for equal values and for no others. */
export type DocumentFields = ReadonlyMap<string, string>;

/** Parses JSON text and keeps every digit of its numbers, which `documentFields` and `canonicalJson` then see. */
export const parseExactly = (text: string): unknown => JSON.parse(text, keepDigits);

/** The fields of a document that came from `parseExactly`. */
export const documentFields = (document: unknown): DocumentFields =>
  new Map(entriesOf(document).map(([name, value]) => [name, canonicalJson(value)]));

/** A value from `parseExactly` as text: members of an object sorted by name, numbers as plain decimals. */
export const canonicalJson = (value: unknown): string => {
  if (value instanceof Decimal) return value.text;
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = entriesOf(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join()}}`;
};

/** A class, so that no value of JSON can be taken for one. */
class Decimal {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

// The third argument is Node's: the number as it stands in the text, before it became a float.
const keepDigits = (_name: string, value: unknown, context?: { readonly source?: string }) => {
  if (typeof value !== 'number') return value;
  const source = context?.source ?? String(value);
  return new Decimal(plainDecimal(source) ?? source);
};

const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];
