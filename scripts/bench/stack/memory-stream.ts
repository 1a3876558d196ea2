import type { Item } from '../../../function/src/core/attribute-value.ts';
import type { Page, StreamRecord } from '../../local/event-source-mapping/source.ts';
import { streamRecord } from '../../local/event-source-mapping/stream-record.ts';
import { KEYS } from '../item.ts';
import { recordOf, streamArnOf } from '../record.ts';
import type { ChangedTable } from './changed-table.ts';

const SHARD = 'shardId-1';
const PAGE_RECORDS = 1000; // as GetRecords: at most 1,000 a call
const FIRST_NUMBER = 100_000_000_000_000_000_000n; // of 21 digits, as DynamoDB's

/** A stream of one shard without a table, for more changes a second than DynamoDB Local can take. */
export const memoryStream = (name: string): ChangedTable => {
  const records: StreamRecord[] = []; // all there ever were
  const open = async () => {
    let next = 0;
    return {
      read: async (): Promise<Page> => {
        const page = records.slice(next, next + PAGE_RECORDS);
        next += page.length;
        return { records: page, isLast: false };
      },
    };
  };
  return {
    name,
    put: async (items) => {
      for (const item of items) {
        const sequenceNumber = String(FIRST_NUMBER + BigInt(records.length));
        records.push(recordNow(item, name, sequenceNumber));
      }
    },
    source: { streamArn: streamArnOf(name), shards: async () => [{ shardId: SHARD }], open },
  };
};

const recordNow = (item: Item, table: string, sequenceNumber: string): StreamRecord => {
  const createdAtSeconds = Math.floor(Date.now() / 1000);
  const keys = Object.fromEntries(KEYS.map(({ name }) => [name, item[name] ?? { NULL: true }]));
  const change = { eventName: 'INSERT', keys, image: item } as const;
  const identity = { createdAtSeconds, eventId: sequenceNumber, sequenceNumber };
  return streamRecord(recordOf(change, table, identity), KEYS[0].name);
};
