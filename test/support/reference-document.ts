import type { AttributeValue, Item } from '../../function/src/core/attribute-value.ts';
import { type Decimal, plain } from './arbitraries.ts';

declare global {
  interface JSON {
    /** Node 22: a text that JSON.stringify writes as it is. */
    rawJSON(text: string): unknown;
  }
}

/** What a document of profile `exact` is: contract §9 read aloud, on JavaScript values, in no hurry. */
export const exactReference = (item: Item): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(item).map(([name, value]) => [exactName(name), exactValue(value)]),
    ),
  );

const METADATA =
  /^_+(id|index|source|routing|field_names|ignored|nested_path|seq_no|primary_term|version|doc_count)$/;

const exactName = (name: string): string => (METADATA.test(name) ? `_${name}` : name);

const exactValue = (value: AttributeValue): unknown => {
  if (value.L !== undefined) return exactList(value.L);
  if (value.M !== undefined) return mapValues(value.M, (name) => name, exactValue);
  return leaf(value, JSON.rawJSON);
};

const exactList = (list: readonly AttributeValue[]): unknown[] => {
  const kinds = new Set(list.filter((value) => value.NULL === undefined).map(kind));
  return list.map(kinds.size > 1 ? asText : exactValue);
};

const kind = (value: AttributeValue): string => {
  const [type = ''] = Object.keys(value);
  return (
    { S: 'text', B: 'text', L: 'collection', SS: 'collection', NS: 'collection', BS: 'collection' }[
      type
    ] ?? type
  );
};

const asText = (value: AttributeValue): string | null => {
  if (value.NULL !== undefined) return null;
  if (value.N !== undefined) return plain(decimalOf(value.N));
  return value.S ?? value.B ?? JSON.stringify(exactValue(value));
};

/** The number that a decimal text, with or without exponent, stands for. */
export const decimalOf = (text: string): Decimal => {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const coefficient = BigInt(`${whole}${fraction}`.replace('-', ''));
  return {
    coefficient: text.startsWith('-') ? -coefficient : coefficient,
    exponent: Number(exponent) - fraction.length,
  };
};

/**
 * What the original dynamodb-to-elasticsearch made of an item, except where it lost data: binary is
 * base64, decimals keep their digits, and of two names that would become one both stay.
 */
export const bfansportsReference = (item: Item): string => JSON.stringify(bfansportsMap(item));

const bfansportsMap = (map: Item): unknown =>
  mapValues(map, (name) => bfansportsName(name, Object.keys(map)), bfansportsValue);

const bfansportsValue = (value: AttributeValue): unknown => {
  if (value.L !== undefined) return value.L.map(bfansportsMember);
  if (value.M !== undefined) return bfansportsMap(value.M);
  return leaf(value, JSON.rawJSON);
};

// It passed no wish for numbers on to the members of a list, so theirs stayed the texts they were.
const bfansportsMember = (value: AttributeValue): unknown =>
  value.L === undefined && value.M === undefined
    ? leaf(value, (text) => text)
    : bfansportsValue(value);

const RESERVED = /^(_+)(id|type|source|all|parent|fieldnames|routing|index|size|timestamp|ttl)$/;

const bfansportsName = (name: string, siblings: readonly string[]): string => {
  const [, underscores = '', word = ''] = RESERVED.exec(name) ?? [];
  const before = Array.from(
    { length: underscores.length - 1 },
    (_, n) => `_${'_'.repeat(n)}${word}`,
  );
  return word !== '' && before.every((shorter) => siblings.includes(shorter)) ? `_${name}` : name;
};

const leaf = (value: AttributeValue, number: (text: string) => unknown): unknown => {
  if (value.N !== undefined) return number(value.N);
  if (value.NULL !== undefined) return null;
  return (
    value.S ??
    value.B ??
    value.BOOL ??
    value.SS ??
    value.BS ??
    value.NS?.map((text) => number(text))
  );
};

const mapValues = (
  map: Item,
  rename: (name: string) => string,
  convert: (value: AttributeValue) => unknown,
): unknown =>
  Object.fromEntries(Object.entries(map).map(([name, value]) => [rename(name), convert(value)]));
