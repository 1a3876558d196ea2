import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Item } from '../core/attribute-value.ts';
import { exchange, type ReadTime } from './dynamodb.ts';
import { ServiceError } from './service-error.ts';

/** The most keys that one reading may name. */
export const MOST_KEYS = 100;

/** What a reading found: items, and the keys that DynamoDB left for another time. */
export type Reading = {
  readonly items: readonly Item[];
  readonly unread: readonly Item[];
  readonly readTime: ReadTime;
};

/** Reads items by their keys, consistently. @throws ServiceError */
export const readItems = async (
  tableName: string,
  keys: readonly Item[],
  timeoutMilliseconds: number,
): Promise<Reading> => {
  try {
    return await read(tableName, keys, AbortSignal.timeout(timeoutMilliseconds));
  } catch (cause) {
    throw new ServiceError('DynamoDB', `return items of the table ${tableName}`, cause);
  }
};

const read = async (
  tableName: string,
  keys: readonly Item[],
  signal: AbortSignal,
): Promise<Reading> => {
  const request = { RequestItems: { [tableName]: { Keys: keys, ConsistentRead: true } } };
  const command = new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys: [] } } });
  const { json, readTime } = await exchange(command, JSON.stringify(request), signal);
  const { Responses: responses, UnprocessedKeys: unprocessed }: Answer = JSON.parse(json);
  const items = responses?.[tableName];
  const unread = unprocessed?.[tableName]?.Keys ?? [];
  if (Array.isArray(items)) return { items, unread, readTime };
  // What an answer does not speak of is not absent: nothing may be deleted because of it.
  if (unread.length === keys.length) return { items: [], unread, readTime };
  throw new Error(`DynamoDB's answer does not speak of the table ${tableName}`);
};

type Answer = {
  readonly Responses?: { readonly [table: string]: readonly Item[] };
  readonly UnprocessedKeys?: { readonly [table: string]: { readonly Keys?: readonly Item[] } };
};
