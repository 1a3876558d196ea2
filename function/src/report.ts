import { type Account, type Tally, tally } from './core/account.ts';
import type { DeliveriesByTable } from './core/event.ts';
import type { Table } from './core/table.ts';
import type { Invocation } from './invocation.ts';
import type { Ledger } from './ledger.ts';
import { type Log, writeRawLine } from './log.ts';
import { metricLine, type WriteTimes } from './metrics.ts';

/** Writes what an invocation did: its metrics, one line a table, and a warning about what comes again. */
export const report = (
  account: Account,
  deliveries: DeliveriesByTable,
  ledger: Ledger,
  { functionName, log }: Pick<Invocation, 'functionName' | 'log'>,
): void => {
  for (const [table, ofTable] of deliveries) {
    const positions = ofTable.map(({ position }) => position);
    const counts = tally(account.outcomes, positions);
    const reread = ledger.rereads.get(table) ?? 0;
    const written = writeTimes(account, table, ledger);
    const metrics = { function: functionName, table: table.name, tally: counts, reread, written };
    writeRawLine(metricLine(metrics, Date.now()));
    if (counts.retried > 0) warnOfRetry(table, counts, ledger, log);
  }
};

const writeTimes = (account: Account, table: Table, ledger: Ledger): WriteTimes | undefined => {
  const waits = ledger.settled
    .filter((settled) => settled.table === table && isWritten(account, settled.positions))
    .map(({ freshnessMilliseconds }) => freshnessMilliseconds);
  if (waits.length === 0) return undefined;
  const bulkMilliseconds = ledger.bulkMilliseconds.get(table) ?? 0;
  return { bulkMilliseconds, freshnessMilliseconds: waits.reduce((a, b) => Math.max(a, b)) };
};

const isWritten = ({ outcomes }: Account, positions: readonly number[]): boolean =>
  outcomes[positions.at(-1) ?? -1] === 'written';

const warnOfRetry = (
  table: Table,
  { retried, received }: Tally,
  ledger: Ledger,
  log: Log,
): void => {
  const refusal = ledger.refusals.get(table);
  log.warn('records come again', {
    table: table.name,
    index: table.index,
    retried,
    received,
    ...(refusal && { status: refusal.status, type: refusal.type }),
  });
};
