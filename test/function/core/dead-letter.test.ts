import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Change, type Malformed, readRecord } from '../../../function/src/core/change.ts';
import {
  deadLetters,
  malformedRejection,
  type Rejection,
  rejectionOf,
} from '../../../function/src/core/dead-letter.ts';
import { aChange, aRecord, aTable, type RecordParts } from '../../support/records.ts';

const NOW = new Date('2026-03-04T05:06:07.890Z');
const REFUSAL = { status: 400, type: 'mapper_parsing_exception', reason: 'failed to parse [a]' };

const rejected = (parts: RecordParts = {}): Rejection =>
  rejectionOf(aChange(parts), 'index', REFUSAL);

const malformed = (parts: RecordParts = {}): Malformed => {
  const read: Change | Malformed = readRecord({
    record: aRecord({ eventName: undefined, ...parts }),
    table: aTable(),
    position: 0,
  });
  if (read.kind === 'change') throw new Error('the record is well-formed');
  return read;
};

const lettersOf = (
  rejections: readonly [Rejection, ...Rejection[]],
  { prefix = 'rejected/', records = rejections.map(({ of }) => of.record), now = NOW } = {},
) => deadLetters(rejections, { prefix, records, now });

const linesOf = (body: string): unknown[] =>
  body
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line));

describe('the key of dead letters', () => {
  test('is the prefix, the table, the day, the first number and a hash of all', () => {
    expect(lettersOf([rejected(), rejected({ number: '4100000000000000000009' })]).key).toMatch(
      /^rejected\/Orders\/2026\/01\/05\/4100000000000000000001-[0-9a-f]{16}\.ndjson$/,
    );
  });

  test('has the day of the first rejected change, in UTC', () => {
    const lateInTheDay = Date.UTC(2025, 11, 31, 23, 59, 59) / 1000;
    const nextYear = lateInTheDay + 1;
    const rejections = [
      rejected({ seconds: lateInTheDay }),
      rejected({ seconds: nextYear }),
    ] as const;
    const records = [aRecord({ seconds: nextYear })];
    expect(lettersOf([...rejections], { records }).key).toContain('/2025/12/31/');
  });

  test('has the first day that the event knows where the record knows none', () => {
    const without = malformed({ seconds: undefined });
    const records = [without.record, aRecord({ seconds: 0 }), aRecord(), aRecord({ seconds: 1 })];
    expect(lettersOf([malformedRejection(without)], { records }).key).toContain('/2026/01/05/');
  });

  test('has the first of all days where nobody knows one', () => {
    const without = malformed({ seconds: undefined });
    expect(lettersOf([malformedRejection(without)]).key).toContain('/1970/01/01/');
  });

  test('is the same for a repeat, whenever it is', () => {
    const again = { now: new Date('2026-09-09T00:00:00Z') };
    expect(lettersOf([rejected()], again).key).toBe(lettersOf([rejected()]).key);
  });

  const numbers = fc.uniqueArray(fc.oneof(fc.nat({ max: 30 }), fc.constant(undefined)), {
    minLength: 1,
    maxLength: 5,
  });

  const keyOf = (set: readonly (number | undefined)[]): string => {
    const [first, ...rest] = set.map((number) =>
      malformedRejection(malformed({ number: number?.toString() })),
    );
    if (first === undefined) throw new Error('a set of rejections is not empty');
    return lettersOf([first, ...rest]).key;
  };

  test('is shared by no two sets of records', () => {
    fc.assert(
      fc.property(numbers, numbers, (one, other) => {
        expect(keyOf(one) === keyOf(other)).toBe(one.join() === other.join());
      }),
      { numRuns: 500 },
    );
  });

  test('tells sets apart whose numbers read alike when put together', () => {
    expect(keyOf([1, 23, 4])).not.toBe(keyOf([1, 2, 34]));
  });

  test.each([undefined, null, '', 'x', '../../etc', '1\n2'])(
    'names a record with the sequence number %j by its content',
    (number) => {
      expect(lettersOf([rejected({ number })]).key).toMatch(
        /^rejected\/Orders\/2026\/01\/05\/unknown-[0-9a-f]{16}-[0-9a-f]{16}\.ndjson$/,
      );
    },
  );

  test('is another one for another record without sequence number', () => {
    const parts = { number: undefined, image: { pk: { S: 'k1' }, a: { S: 'other' } } };
    expect(lettersOf([rejected(parts)]).key).not.toBe(
      lettersOf([rejected({ number: undefined })]).key,
    );
  });

  test('is the same for the same record without sequence number', () => {
    expect(lettersOf([rejected({ number: undefined })]).key).toBe(
      lettersOf([rejected({ number: undefined })]).key,
    );
  });

  test('is made of a record that has no dynamodb part', () => {
    const record = JSON.parse('{"eventName":"INSERT"}');
    const read = readRecord({ record, table: aTable(), position: 0 });
    if (read.kind === 'change') throw new Error('the record is well-formed');
    expect(lettersOf([malformedRejection(read)]).key).toContain('/1970/01/01/unknown-');
  });
});

describe('a dead letter', () => {
  test('says what was refused, and why, and when', () => {
    expect(linesOf(lettersOf([rejected()]).body)).toEqual([
      {
        table: 'Orders',
        index: 'orders',
        id: 'k1',
        operation: 'index',
        status: 400,
        error: { type: 'mapper_parsing_exception', reason: 'failed to parse [a]' },
        rejected_at: '2026-03-04T05:06:07.890Z',
        record: aRecord(),
      },
    ]);
  });

  test('of a delete says so', () => {
    expect(rejectionOf(aChange(), 'delete', REFUSAL).operation).toBe('delete');
  });

  test('of a record that cannot be understood has no status, and null for what is unknown', () => {
    const read = malformed({ keys: undefined });
    expect(linesOf(lettersOf([malformedRejection(read)]).body)).toEqual([
      {
        table: 'Orders',
        index: 'orders',
        id: null,
        operation: null,
        status: null,
        error: { type: 'malformed_record', reason: read.reason },
        rejected_at: '2026-03-04T05:06:07.890Z',
        record: read.record,
      },
    ]);
  });

  test.each([
    ['INSERT', 'index'],
    ['MODIFY', 'index'],
    ['REMOVE', 'delete'],
  ])('of a %s that cannot be understood is of an %s', (eventName, operation) => {
    const read = malformed({ eventName, seconds: undefined });
    expect(malformedRejection(read)).toMatchObject({ operation });
  });

  test('is one line a record, in their order', () => {
    const rejections = [rejected({ number: '1' }), rejected({ number: '2' })] as const;
    expect(linesOf(lettersOf([...rejections]).body)).toMatchObject([
      { record: { dynamodb: { SequenceNumber: '1' } } },
      { record: { dynamodb: { SequenceNumber: '2' } } },
    ]);
  });

  test('ends with a line feed', () => {
    expect(lettersOf([rejected()]).body.endsWith('}\n')).toBe(true);
  });

  test('keeps the full record, whatever its names and texts', () => {
    const image = JSON.parse('{"pk":{"S":"k1"},"__proto__":{"S":"\\ud800\\u2028\\n"}}');
    const [line] = lettersOf([rejected({ image })]).body.split('\n');
    expect(line).toContain('"__proto__":{"S":"\\ud800\u2028\\n"}');
  });
});
