import { describe, expect, test } from 'vitest';
import { deliveriesByTable, ForeignEvent, recordsOf } from '../../../function/src/core/event.ts';
import { aRecord, aTable } from '../../support/records.ts';

const orders = aTable();
const users = aTable({ name: 'Users', index: 'users' });
const tables = new Map([orders, users].map((table) => [table.name, table]));

describe('the records of an event', () => {
  test('are those that it lists', () => {
    expect(recordsOf({ Records: [aRecord()] })).toEqual([aRecord()]);
  });

  test('may be none', () => {
    expect(recordsOf({ Records: [] })).toEqual([]);
  });

  test.each([null, undefined, 'text', 5, {}, { Records: null }, { Records: {} }, []])(
    'are missing in %j, which is foreign',
    (event) => {
      expect(() => recordsOf(event)).toThrow(
        new ForeignEvent('the event is not from DynamoDB Streams: it has no list of Records'),
      );
    },
  );
});

describe('deliveries', () => {
  test('are sorted by table, with their places in the event', () => {
    const records = ['Orders', 'Users', 'Orders'].map((table) => aRecord({ table }));
    const [first, second, third] = records;
    expect([...deliveriesByTable(records, tables)]).toEqual([
      [
        orders,
        [
          { record: first, table: orders, position: 0 },
          { record: third, table: orders, position: 2 },
        ],
      ],
      [users, [{ record: second, table: users, position: 1 }]],
    ]);
  });

  test('of no records are none', () => {
    expect(deliveriesByTable([], tables).size).toBe(0);
  });

  test('from another source than DynamoDB Streams are foreign', () => {
    const records = [aRecord(), { ...aRecord(), eventSource: 'aws:sqs' }];
    expect(() => deliveriesByTable(records, tables)).toThrow('not from DynamoDB Streams');
  });

  test('of a table that is not configured name it, and those that are', () => {
    expect(() => deliveriesByTable([aRecord({ table: 'orders' })], tables)).toThrow(
      /table orders, .*Orders, Users/,
    );
  });

  test('of a table that is not configured are foreign', () => {
    expect(() => deliveriesByTable([aRecord({ table: 'orders' })], tables)).toThrow(
      expect.objectContaining({ name: 'ForeignEvent' }),
    );
  });
});
