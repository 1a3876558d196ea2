import { deepEqual, equal } from 'node:assert/strict';
import type { StreamRecord } from '../../function/src/core/stream-record.ts';
import type { MetricLine } from './metric-lines.ts';

const OUTCOMES = ['Written', 'Folded', 'Superseded', 'DeadLettered', 'Retried'];

/**
 * Throws unless an answer accounts for every record of its event: one line a table, outcomes that add
 * up to what was received, and as retried exactly what comes again.
 */
export const assertBalance = (
  records: readonly StreamRecord[],
  retryFrom: string | undefined,
  metrics: readonly MetricLine[],
): void => {
  const byTable = Map.groupBy(records, tableOf);
  deepEqual(metrics.map(({ table }) => table).sort(), [...byTable.keys()].sort());
  for (const line of metrics) {
    const ofTable = byTable.get(line.table) ?? [];
    const sum = OUTCOMES.reduce((total, outcome) => total + Number(line[outcome]), 0);
    equal(line['Received'], ofTable.length, 'Received');
    equal(sum, ofTable.length, `the outcomes of ${JSON.stringify(line)} add up`);
    equal(
      line['Retried'],
      ofTable.filter((record) => comesAgain(record, retryFrom)).length,
      'Retried',
    );
  }
};

/** Whether Lambda sends a record again after an answer; one without a number is not looked at here. */
export const comesAgain = ({ dynamodb }: StreamRecord, retryFrom: string | undefined): boolean =>
  retryFrom !== undefined && BigInt(dynamodb?.SequenceNumber ?? -1) >= BigInt(retryFrom);

const tableOf = ({ eventSourceARN = '' }: StreamRecord): string =>
  eventSourceARN.split('/')[1] ?? '';
