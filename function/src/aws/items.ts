import {
  BatchGetItemCommand,
  DynamoDBClient,
  type AttributeValue as SdkValue,
} from '@aws-sdk/client-dynamodb';
import type { AttributeValue, Item } from '../core/attribute-value.ts';
import { clientSettings } from './client-settings.ts';

/** The most keys that one reading may name. */
export const MOST_KEYS = 100;

const client = new DynamoDBClient(clientSettings);

/** What a reading found: items, and the keys that DynamoDB left for another time. */
export type Reading = { readonly items: readonly Item[]; readonly unread: readonly Item[] };

/** Reads items by their keys, consistently. Throws what DynamoDB's client throws. */
export const readItems = async (
  tableName: string,
  keys: readonly Item[],
  timeoutMilliseconds: number,
): Promise<Reading> => {
  const command = new BatchGetItemCommand({
    RequestItems: { [tableName]: { Keys: keys.map(toSdkItem), ConsistentRead: true } },
  });
  const abortSignal = AbortSignal.timeout(timeoutMilliseconds);
  const { Responses: responses, UnprocessedKeys: unprocessed } = await client.send(command, {
    abortSignal,
  });
  return {
    items: (responses?.[tableName] ?? []).map(fromSdkItem),
    unread: (unprocessed?.[tableName]?.Keys ?? []).map(fromSdkItem),
  };
};

// The SDK speaks of binary values as bytes, streams speak of them as base64; all else is the same.
const fromSdkItem = (item: Readonly<Record<string, SdkValue>>): Item =>
  mapValues(item, fromSdkValue);

const fromSdkValue = (value: SdkValue): AttributeValue => {
  if (value.B !== undefined) return { B: base64(value.B) };
  if (value.BS !== undefined) return { BS: value.BS.map(base64) };
  if (value.M !== undefined) return { M: fromSdkItem(value.M) };
  if (value.L !== undefined) return { L: value.L.map(fromSdkValue) };
  return value as AttributeValue; // of the types that are left, both have the same form
};

const toSdkItem = (keys: Item): Record<string, SdkValue> =>
  mapValues(keys, (value) =>
    value.B === undefined ? (value as SdkValue) : { B: Buffer.from(value.B, 'base64') },
  );

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

// Through entries, so that an attribute named `__proto__` stays an attribute.
const mapValues = <From, To>(
  object: { readonly [name: string]: From },
  map: (value: From) => To,
): { [name: string]: To } =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value)]));
