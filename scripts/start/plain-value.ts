import type { AttributeValue } from '../../function/src/core/attribute-value.ts';

/** What a data set holds, with sets and bytes added: everything that an attribute can be. */
export type PlainValue =
  | string
  | number
  | boolean
  | null
  | Uint8Array
  | ReadonlySet<string>
  | PlainList
  | PlainMap;

type PlainList = readonly PlainValue[];
type PlainMap = { readonly [name: string]: PlainValue };

/** A value as DynamoDB's own JSON writes it. */
export const attributeValue = (value: PlainValue): AttributeValue => {
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value instanceof Uint8Array) return { B: Buffer.from(value).toString('base64') };
  if (value instanceof Set) return { SS: [...value] };
  if (isList(value)) return { L: value.map(attributeValue) };
  return { M: attributes(value) };
};

/** The attributes of an item or map. */
export const attributes = (map: object): { readonly [name: string]: AttributeValue } =>
  Object.fromEntries(
    Object.entries(map).map(([name, value]: [string, PlainValue]) => [name, attributeValue(value)]),
  );

const isList = (value: PlainValue): value is PlainList => Array.isArray(value);
