import { BatchGetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Item } from '../core/attribute-value.ts';
import { clientSettings } from './client-settings.ts';
import { sendJson, takeJson } from './raw-json.ts';

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
  const request = { RequestItems: { [tableName]: { Keys: keys, ConsistentRead: true } } };
  const answer = await exchange(tableName, JSON.stringify(request), timeoutMilliseconds);
  const { Responses: responses, UnprocessedKeys: unprocessed }: Answer = JSON.parse(answer);
  const items = responses?.[tableName];
  const unread = unprocessed?.[tableName]?.Keys ?? [];
  if (Array.isArray(items)) return { items, unread };
  // What an answer does not speak of is not absent: nothing may be deleted because of it.
  if (unread.length === keys.length) return { items: [], unread };
  throw new Error(`DynamoDB's answer does not speak of the table ${tableName}`);
};

type Answer = {
  readonly Responses?: { readonly [table: string]: readonly Item[] };
  readonly UnprocessedKeys?: { readonly [table: string]: { readonly Keys?: readonly Item[] } };
};

/**
 * Has the client send this JSON and returns that of the answer. Streams speak the same JSON; what the
 * client makes of it loses the value of an attribute named `__proto__`.
 */
const exchange = async (
  tableName: string,
  json: string,
  timeoutMilliseconds: number,
): Promise<string> => {
  let answer = ''; // of the last attempt
  const keep = (text: string) => {
    answer = text;
  };
  const command = new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys: [] } } });
  command.middlewareStack.add(sendJson(json), { step: 'serialize', priority: 'low' });
  command.middlewareStack.add(takeJson(keep), { step: 'deserialize', priority: 'low' });
  await client.send(command, { abortSignal: AbortSignal.timeout(timeoutMilliseconds) });
  return answer;
};
