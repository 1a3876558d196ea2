import type { Item } from '../../function/src/core/attribute-value.ts';
import { type Change, readRecord } from '../../function/src/core/change.ts';
import type { Operation } from '../../function/src/core/operation.ts';
import type { StreamRecord } from '../../function/src/core/stream-record.ts';
import type { KeyAttribute, Table } from '../../function/src/core/table.ts';

/** A table `Orders` with one string key `pk`, kept in the index `orders`, unless said otherwise. */
export const aTable = (parts: Partial<Table> = {}): Table => ({
  name: 'Orders',
  index: 'orders',
  partitionKey: { name: 'pk', type: 'S' },
  profile: 'exact',
  where: new Map(),
  exclude: new Set(),
  settings: {},
  mappings: {},
  ...parts,
});

/** A table with the partition key `pk` and, where a second type is given, the sort key `sk`. */
export const aTableKeyedBy = (
  partition: KeyAttribute['type'],
  sort?: KeyAttribute['type'],
  parts: Partial<Table> = {},
): Table =>
  aTable({
    partitionKey: { name: 'pk', type: partition },
    ...(sort && { sortKey: { name: 'sk', type: sort } }),
    ...parts,
  });

/** The second in which records are made unless said otherwise: 2026-01-05T10:11:12Z. */
export const SOME_SECOND = 1_767_607_872;

/** What a test says about a record; what it says is undefined, the record lacks. */
export type RecordParts = {
  readonly table?: string;
  readonly eventName?: unknown;
  readonly keys?: unknown;
  readonly image?: unknown;
  readonly seconds?: unknown;
  readonly number?: unknown;
};

/** A stream record as Lambda's runtime parses it: by default `k1` is inserted into `Orders` with `a` = `x`. */
export const aRecord = (parts: RecordParts = {}): StreamRecord => {
  const { table, eventName, keys, image, seconds, number } = {
    table: 'Orders',
    eventName: 'INSERT',
    keys: { pk: { S: 'k1' } },
    image: { pk: { S: 'k1' }, a: { S: 'x' } },
    seconds: SOME_SECOND,
    number: '4100000000000000000001',
    ...parts,
  };
  return asParsed({
    eventName,
    eventSource: 'aws:dynamodb',
    eventSourceARN: `arn:aws:dynamodb:eu-west-1:111122223333:table/${table}/stream/2026-01-01T00:00:00.000`,
    dynamodb: {
      ApproximateCreationDateTime: seconds,
      Keys: keys,
      NewImage: image,
      SequenceNumber: number,
    },
  });
};

const asParsed = (record: unknown): StreamRecord => JSON.parse(JSON.stringify(record));

/** What {@link aRecord} says about its item. */
export const aChange = (parts: RecordParts = {}, table: Table = aTable()): Change => {
  const change = readRecord({ record: aRecord(parts), table, position: 0 });
  if (change.kind === 'malformed') throw new Error(`the test made no change: ${change.reason}`);
  return change;
};

/** A removal of `k1`. */
export const aRemoval = (parts: RecordParts = {}, table: Table = aTable()): Change =>
  aChange({ eventName: 'REMOVE', image: undefined, ...parts }, table);

/** A change of the item with that key and with `n` = its value. */
export const aChangeOf = (key: string, value = '1', parts: RecordParts = {}): Change =>
  aChange({ keys: { pk: { S: key } }, image: anItem(key, value), ...parts });

/** An item of {@link aTable}. */
export const anItem = (key: string, value = '1'): Item => ({ pk: { S: key }, n: { N: value } });

const orders = aTable();

/** An operation that indexes `k1`; the table of all operations is one, unless said otherwise. */
export const anOperation = (parts: Partial<Operation> = {}): Operation => ({
  kind: 'operation',
  table: orders,
  id: 'k1',
  version: BigInt(SOME_SECOND) * 1_000_000n,
  changes: [aChange()],
  action: 'index',
  lines: Buffer.from('{}\n'),
  ...parts,
});

/** An operation whose lines have that many bytes. */
export const anOperationOf = (bytes: number, parts: Partial<Operation> = {}): Operation =>
  anOperation({ lines: Buffer.alloc(bytes, parts.id ?? 'k1'), ...parts });
