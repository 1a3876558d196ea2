import { setTimeout as pause } from 'node:timers/promises';
import { type Cleanup, createCleanup } from '../cleanup.ts';
import { countDocuments } from '../indexes.ts';
import { percentile } from '../percentile.ts';
import { followTable } from '../stack/followed-table.ts';
import { changeTable } from '../stack/load.ts';
import type { Passages } from '../stack/passages.ts';
import { openStack, type Stack } from '../stack/stack.ts';
import { watchIndex } from '../stack/watch.ts';
import { type Gate, OUTAGES, type Outage, openGate } from './outage.ts';

/** How much is measured. */
export interface RecoverySettings {
  readonly isQuick: boolean;
  readonly onProgress: (line: string) => void;
}

/** How a table that is changed all the while came out of an outage; times are in seconds. */
export interface Recovery {
  readonly outage: Outage;
  readonly outageSeconds: number;
  readonly changesPerSecond: number;
  /** 99th percentile of freshness before the outage. */
  readonly usualSeconds: number;
  /** From the end of the outage until everything that was changed before is found. */
  readonly caughtUpSeconds: number;
  /** From the end of the outage until changes are found as soon as before: in twice the usual time at most. */
  readonly usualAgainSeconds: number;
  readonly changes: number;
  /** Changes that no search found. */
  readonly lost: number;
}

const CHANGES_PER_SECOND = 100;
const LONGEST_MILLISECONDS = 60_000; // that a change may take after the last one

type Times = { readonly before: number; readonly outage: number; readonly after: number };

const QUICK: Times = { before: 4, outage: 5, after: 10 };
const WHOLE: Times = { before: 20, outage: 60, after: 40 };

/** Takes OpenSearch away for a minute while a table is changed, in each way, and measures how long the index needs to be as fresh as before. */
export const benchRecovery = async (
  { isQuick, onProgress }: RecoverySettings,
  cleanup: Cleanup,
): Promise<readonly Recovery[]> => {
  onProgress('starting OpenSearch');
  const stack = await openStack(cleanup);
  const gate = await openGate(stack.openSearchUrl);
  cleanup.add(gate.stop);
  const recoveries: Recovery[] = [];
  for (const outage of OUTAGES) {
    onProgress(outage);
    recoveries.push(await measure(stack, { gate, outage, times: isQuick ? QUICK : WHOLE }));
  }
  return recoveries;
};

type Trial = { readonly gate: Gate; readonly outage: Outage; readonly times: Times };

const measure = async (stack: Stack, { gate, outage, times }: Trial): Promise<Recovery> => {
  const cleanup = createCleanup();
  try {
    const settings = { name: `Orders-${outage}`, kind: 'memory', refresh: 'auto' } as const;
    const table = await followTable(stack, { ...settings, endpoint: gate.url }, cleanup);
    const { index } = table.table;
    await changeTable(
      table.changed,
      { changesPerSecond: CHANGES_PER_SECOND, seconds: 3 },
      new Map(),
    );
    await table.mapping.drained();
    const { passages } = table;
    const watch = watchIndex(stack.openSearchUrl, index, passages);
    const seconds = times.before + times.outage + times.after;
    const changing = changeTable(
      table.changed,
      { changesPerSecond: CHANGES_PER_SECOND, seconds },
      passages,
    );
    await pause(times.before * 1000);
    const failed = performance.now();
    gate.fail(outage);
    await pause(times.outage * 1000);
    gate.heal();
    const healed = performance.now();
    await changing;
    await table.mapping.drained();
    await watch.untilAllFound(LONGEST_MILLISECONDS);
    await watch.stop();
    await assertIndexed(stack, index);
    const changes = table.mapping.statistics.settled;
    return {
      outage,
      outageSeconds: times.outage,
      changesPerSecond: CHANGES_PER_SECOND,
      changes,
      ...recoveryIn(passages, { failed, healed }),
    };
  } finally {
    gate.heal();
    await cleanup.run();
  }
};

const assertIndexed = async ({ openSearchUrl }: Stack, index: string): Promise<void> => {
  if ((await countDocuments(openSearchUrl, index)) === 0) throw new Error(`${index} is empty`);
};

type Moments = { readonly failed: number; readonly healed: number };

/** What followed changes tell of an outage. */
export const recoveryIn = (
  passages: Passages,
  { failed, healed }: Moments,
): Pick<Recovery, 'usualSeconds' | 'caughtUpSeconds' | 'usualAgainSeconds' | 'lost'> => {
  const all = [...passages.values()].map(({ put, found = Number.POSITIVE_INFINITY }) => ({
    put,
    found,
  }));
  // Nothing of the outage is in these.
  const before = all.filter(({ found }) => found < failed);
  const usual = percentile(
    before.map(({ put, found }) => found - put),
    99,
  );
  const waiting = all.filter(({ put }) => put < healed).map(({ found }) => found);
  const late = all.filter(({ put, found }) => found > healed && found - put > 2 * usual);
  const since = (moments: readonly number[]): number =>
    (Math.max(healed, ...moments) - healed) / 1000;
  return {
    usualSeconds: usual / 1000,
    caughtUpSeconds: since(waiting),
    usualAgainSeconds: since(late.map(({ found }) => found)),
    lost: all.filter(({ found }) => !Number.isFinite(found)).length,
  };
};
