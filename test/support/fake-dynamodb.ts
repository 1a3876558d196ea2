import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Item } from '../../function/src/core/attribute-value.ts';
import { closeServer, listenOnLoopback } from '../../scripts/local/loopback.ts';
import { plain } from './arbitraries.ts';
import { decimalOf } from './reference-document.ts';

/** A table that items are read from. */
export type FakeTable = {
  /** Names of the key attributes. */
  readonly keys: readonly string[];
  /** May be changed at any time. */
  readonly items: Item[];
};

/** DynamoDB as far as BatchGetItem, speaking its protocol: for what a real one cannot be brought to do. */
export type FakeDynamoDB = {
  readonly url: string;
  readonly tables: Map<string, FakeTable>;
  /** The keys of each request, in DynamoDB JSON. */
  readonly readings: readonly (readonly Item[])[];
  /** An answer holds no more items than this; the keys that are left over are unprocessed. */
  readonly answerAtMost: (items: number) => void;
  readonly stop: () => Promise<void>;
};

const MOST_KEYS = 100;

/** Starts it on the loopback interface. */
export const startFakeDynamoDB = async (): Promise<FakeDynamoDB> => {
  const tables = new Map<string, FakeTable>();
  const readings: (readonly Item[])[] = [];
  let most = MOST_KEYS; // keys that are processed in a request
  const server = createServer(async (incoming, outgoing) => {
    const body = await text(incoming);
    const isKnown = incoming.headers['x-amz-target'] === 'DynamoDB_20120810.BatchGetItem';
    const answer = isKnown
      ? batchGetItem(body, tables, most)
      : refusal('UnknownOperationException');
    if (answer.keys !== undefined) readings.push(answer.keys);
    outgoing.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
    outgoing.end(answer.body);
  });
  const url = await listenOnLoopback(server);
  const answerAtMost = (items: number) => {
    most = items;
  };
  return { url, tables, readings, answerAtMost, stop: () => closeServer(server) };
};

type Answer = { readonly status: number; readonly body: string; readonly keys?: readonly Item[] };

const batchGetItem = (
  body: string,
  tables: ReadonlyMap<string, FakeTable>,
  most: number,
): Answer => {
  const { RequestItems: requests }: Request = JSON.parse(body);
  const [[name, { Keys: keys, ConsistentRead: isConsistent }] = NO_REQUEST] =
    Object.entries(requests);
  const table = tables.get(name);
  if (table === undefined) return refusal('ResourceNotFoundException');
  const problem =
    problemOf(keys, table) ?? (isConsistent ? undefined : 'the read is not consistent');
  if (problem !== undefined) return refusal('ValidationException', problem);
  const wanted = new Set(keys.slice(0, most).map((key) => keyText(key, table)));
  const items = table.items.filter((item) => wanted.has(keyText(item, table)));
  const left = keys.slice(most);
  const unprocessed = left.length > 0 ? { [name]: { Keys: left, ConsistentRead: true } } : {};
  const answer = { Responses: { [name]: items }, UnprocessedKeys: unprocessed };
  return { status: 200, body: JSON.stringify(answer), keys };
};

type Request = {
  readonly RequestItems: {
    readonly [table: string]: { readonly Keys: readonly Item[]; readonly ConsistentRead?: boolean };
  };
};

const NO_REQUEST = ['', { Keys: [], ConsistentRead: false }] as const;

const problemOf = (keys: readonly Item[], table: FakeTable): string | undefined => {
  if (keys.length === 0 || keys.length > MOST_KEYS) return 'Too many items requested';
  const names = [...table.keys].sort().join();
  if (keys.some((key) => Object.keys(key).sort().join() !== names))
    return 'The number of conditions on the keys is invalid';
  const texts = new Set(keys.map((key) => keyText(key, table)));
  return texts.size < keys.length ? 'Provided list of item keys contains duplicates' : undefined;
};

/** Equal for equal keys, however their numbers are written. */
const keyText = (item: Item, { keys }: FakeTable): string =>
  JSON.stringify(
    keys.map((name) => {
      const number = item[name]?.N;
      return number === undefined ? item[name] : { N: plain(decimalOf(number)) };
    }),
  );

const refusal = (type: string, message = ''): Answer => ({
  status: 400,
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message }),
});
