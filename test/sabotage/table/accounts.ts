import type { Sabotage } from '../sabotage.ts';

const SYNCHRONIZATION_TEST = 'test/function/synchronization.test.ts';
const METRICS_TEST = 'test/function/metrics.test.ts';
const LOG_TEST = 'test/function/log.test.ts';

/** Of what the function says: its answer, its metrics and its log. */
export const accounts: readonly Sabotage[] = [
  {
    what: 'the answer names the highest number that must come again',
    file: 'function/src/core/account.ts',
    replace: 'next.number < low.number ? next : low',
    by: 'next.number > low.number ? next : low',
    caughtBy: { file: SYNCHRONIZATION_TEST, named: 'names the lowest number' },
  },
  {
    what: 'sequence numbers are compared as text',
    file: 'function/src/core/account.ts',
    replace: 'next.number < low.number ? next : low',
    by: 'next.text < low.text ? next : low',
    caughtBy: { file: SYNCHRONIZATION_TEST, named: 'as a number and not as text' },
  },
  {
    what: 'a failed key counts from its last record',
    file: 'function/src/core/account.ts',
    replace: "for (const position of positions) outcomes[position] = 'folded';",
    by: "for (let at = 0; at < length; at++) if (outcomes[at] === 'retried') outcomes[at] = 'folded';",
    caughtBy: { file: SYNCHRONIZATION_TEST, named: 'the answer' },
  },
  {
    what: 'the answer has an empty identifier when all is settled',
    file: 'function/src/synchronization.ts',
    replace: 'retryFrom === undefined ? [] : [{ itemIdentifier: retryFrom }]',
    by: "[{ itemIdentifier: retryFrom ?? '' }]",
    caughtBy: { file: LOG_TEST, named: 'at DEBUG each document' },
  },
  {
    what: 'a record of a table that is not configured is dropped',
    file: 'function/src/core/event.ts',
    replace: 'const table = tableOf(record, tables);',
    by: `const [known] = tables.values();
    const table = tables.has(tableName(record) ?? '') ? tableOf(record, tables) : known;
    if (table === undefined) continue;`,
    caughtBy: { file: SYNCHRONIZATION_TEST, named: 'nothing is done, and the invocation fails' },
  },
  {
    what: 'the metric line lacks a count that is zero',
    file: 'function/src/metrics.ts',
    replace: 'Reread: reread,',
    by: '...(reread > 0 && { Reread: reread }),',
    caughtBy: { file: METRICS_TEST, named: 'as CloudWatch wants it' },
  },
  {
    what: 'metrics are wrapped by the console',
    file: 'function/src/log.ts',
    replace: 'process.stdout.write(`${line}\\n`);',
    by: 'console.log(line);',
    caughtBy: { file: METRICS_TEST, named: 'raw under Lambda' },
  },
  {
    what: 'freshness is that of the record that waited least',
    file: 'function/src/report.ts',
    replace: 'Math.max(a, b)',
    by: 'Math.min(a, b)',
    caughtBy: { file: METRICS_TEST, named: 'of the written record that waited longest' },
  },
  {
    what: 'freshness counts records that come again',
    file: 'function/src/report.ts',
    replace: "outcomes[positions.at(-1) ?? -1] === 'written'",
    by: 'outcomes.length >= positions.length',
    caughtBy: { file: METRICS_TEST, named: 'do not count records that come again' },
  },
  {
    what: 'the time of bulk requests is that of the last one',
    file: 'function/src/ledger.ts',
    replace: '(figures.get(table) ?? 0) + amount',
    by: 'amount',
    caughtBy: { file: METRICS_TEST, named: 'the times' },
  },
  {
    what: 'the reason of a refusal is logged',
    file: 'function/src/report.ts',
    replace: 'status: refusal.status, type: refusal.type',
    by: 'status: refusal.status, type: refusal.type, reason: refusal.reason',
    caughtBy: { file: LOG_TEST, named: 'no line holds' },
  },
  {
    what: 'the reason of a rejection is logged',
    file: 'function/src/verdicts.ts',
    replace: '{ status: verdict.refusal.status, type: verdict.refusal.type }',
    by: '{ ...verdict.refusal }',
    caughtBy: { file: LOG_TEST, named: 'at DEBUG each document' },
  },
  {
    what: 'a record is logged when its item cannot be read',
    file: 'function/src/reread.ts',
    replace: 'type: causeNameOf(error),',
    by: 'type: causeNameOf(error), record: JSON.stringify(rereads[0]?.changes[0]?.record),',
    caughtBy: { file: LOG_TEST, named: 'no line holds' },
  },
  {
    what: 'ids are logged at INFO',
    file: 'function/src/verdicts.ts',
    replace: "log.debug('a document was not written'",
    by: "log.info('a document was not written'",
    caughtBy: { file: LOG_TEST, named: 'no line holds' },
  },
  {
    what: 'records come again without a word',
    file: 'function/src/report.ts',
    replace: 'if (counts.retried > 0) warnOfRetry(table, counts, ledger, log);',
    by: '',
    caughtBy: { file: LOG_TEST, named: 'records that come again are a warning' },
  },
];
