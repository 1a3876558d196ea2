import { deepEqual, equal } from 'node:assert/strict';
import type { MetricLine } from '../support/metric-lines.ts';
import type { Json } from './mutations.ts';

/*
 * What the contract promises for any event at all, said once more and without the function's own code.
 */

/** The records of an event that the function must work on; undefined where it must fail as a whole. */
export const recordsFor = (
  event: Json | undefined,
  tables: ReadonlySet<string>,
): readonly Json[] | undefined => {
  const records = member(event, 'Records');
  if (!Array.isArray(records)) return undefined;
  return records.every((record) => tables.has(tableOf(record) ?? '')) ? records : undefined;
};

const STREAM = /^arn:[^:]+:dynamodb:[^:]*:[^:]*:table\/([^/]+)\/stream\//;

const tableOf = (record: Json): string | undefined => {
  const arn = member(record, 'eventSourceARN');
  if (member(record, 'eventSource') !== 'aws:dynamodb' || typeof arn !== 'string') return undefined;
  return arn.match(STREAM)?.[1];
};

const member = (value: Json | undefined, name: string): Json | undefined =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Object(value)[name]
    : undefined;

/** Which of the records come again after an answer: from the numbered one on, and all where the number is empty. */
export const comingAgain = (
  records: readonly Json[],
  identifier: string | undefined,
): readonly boolean[] => {
  let number = -1n; // a record without one stands where the one before it stands
  return records.map((record) => {
    const own = member(member(record, 'dynamodb'), 'SequenceNumber');
    if (typeof own === 'string' && /^\d{1,40}$/.test(own)) number = BigInt(own);
    return identifier !== undefined && (identifier === '' || number >= BigInt(identifier));
  });
};

const OUTCOMES = ['Written', 'Folded', 'Superseded', 'DeadLettered', 'Retried'];

/** Throws unless each record has one outcome: the lines of all tables add up, and say of what comes again how much it is. */
export const assertAccount = (
  records: readonly Json[],
  again: readonly boolean[],
  metrics: readonly MetricLine[],
): void => {
  const byTable = Map.groupBy(records.keys(), (at) => tableOf(records[at] ?? null) ?? '');
  deepEqual(metrics.map(({ table }) => table).sort(), [...byTable.keys()].sort());
  for (const line of metrics) {
    const positions = byTable.get(line.table) ?? [];
    equal(line['Received'], positions.length, 'Received');
    equal(
      OUTCOMES.reduce((sum, outcome) => sum + Number(line[outcome]), 0),
      positions.length,
      'the sum of the outcomes',
    );
    equal(line['Retried'], positions.filter((at) => again[at]).length, 'Retried');
  }
};

/** Throws unless there are as many letters as records were dead-lettered, each with the whole record of one that does not come again. */
export const assertLetters = (
  records: readonly Json[],
  again: readonly boolean[],
  { letters, count }: { readonly letters: readonly unknown[]; readonly count: number },
): void => {
  const settled = records
    .filter((_, at) => again[at] !== true)
    .map((record) => JSON.stringify(record));
  for (const letter of letters) {
    const at = settled.indexOf(JSON.stringify(letter));
    equal(at >= 0, true, 'the letter holds a whole record that does not come again');
    settled.splice(at, 1);
  }
  equal(letters.length, count, 'DeadLettered');
};
