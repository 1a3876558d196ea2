import { setTimeout as sleep } from 'node:timers/promises';
import { MOST_KEYS } from '../aws/items.ts';
import type { Item } from '../core/attribute-value.ts';
import type { Rejection } from '../core/dead-letter.ts';
import type { Refusal } from '../core/judge.ts';
import type { Reread } from '../core/operation.ts';
import type { Table } from '../core/table.ts';
import { deliver } from '../delivery.ts';
import { newLedger } from '../ledger.ts';
import { momentNow } from '../moment.ts';
import { openPageSize } from '../opensearch/page-size.ts';
import type { OperatorEnvironment } from './environment.ts';
import { changeOf } from './known-item.ts';
import type { Patience } from './patience.ts';
import { writingDeadline } from './read-time.ts';
import { settleByState } from './settle-by-state.ts';

/** A document that may not be what its item says. */
export type Suspect = { readonly table: Table; readonly id: string; readonly key: Item };

/** What became of it. */
export type RepairOutcome =
  /** It is what the table held, or something newer. */
  | { readonly kind: 'written' }
  /** OpenSearch will never take it. */
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  /** Nothing could be done for too long; the last refusal, where there was one. */
  | { readonly kind: 'unsettled'; readonly refusal: Refusal | undefined };

/** What a repair works with. */
export type RepairTools = Pick<OperatorEnvironment, 'send' | 'indexes' | 'log'> & {
  readonly patience: Patience;
  readonly signal: AbortSignal;
};

/**
 * Makes documents of one table equal to what the table holds now, while the function goes on: each is
 * written only if nobody else has touched it since (contract §10). It tries until every one is settled
 * or rejected, patience is over, or it is told to stop.
 */
export const repairDocuments = async (
  suspects: readonly Suspect[],
  tools: RepairTools,
): Promise<ReadonlyMap<string, RepairOutcome>> => {
  const outcomes = new Map<string, RepairOutcome>();
  for (let start = 0; start < suspects.length; start += MOST_KEYS) {
    await repairChunk(suspects.slice(start, start + MOST_KEYS), outcomes, tools);
  }
  return outcomes;
};

const PAUSE_MILLISECONDS = 500;

const isToStop = ({ signal, patience }: RepairTools): boolean =>
  signal.aborted || patience.isOver();

const repairChunk = async (
  suspects: readonly Suspect[],
  outcomes: Map<string, RepairOutcome>,
  tools: RepairTools,
): Promise<void> => {
  for (let left = suspects; left.length > 0; ) {
    const refusal = await repairOnce(left, outcomes, tools);
    const unsettled = left.filter(({ id }) => !outcomes.has(id));
    if (unsettled.length < left.length) tools.patience.renew();
    if (isToStop(tools)) {
      for (const { id } of unsettled) outcomes.set(id, { kind: 'unsettled', refusal });
      return;
    }
    left = unsettled;
    if (left.length > 0) await sleep(PAUSE_MILLISECONDS);
  }
};

/** One attempt, short enough for everything that it reads to be written in time; the last refusal, if any. */
const repairOnce = async (
  suspects: readonly Suspect[],
  outcomes: Map<string, RepairOutcome>,
  tools: RepairTools,
): Promise<Refusal | undefined> => {
  const ledger = newLedger();
  await deliver(suspects.map(rereadOf), {
    ...tools,
    ledger,
    deadline: writingDeadline(momentNow(), () => isToStop(tools)),
    refresh: undefined,
    pageLimits: { bytes: 1024 * 1024, operations: MOST_KEYS },
    pageSize: openPageSize(),
    settleRereads: settleByState,
    now: () => BEFORE_ALL_VERSIONS,
  });
  for (const { positions } of ledger.settled) {
    for (const position of positions) setAt(position, { kind: 'written' });
  }
  for (const { rejection } of ledger.rejected) {
    setAt(rejection.of.position, { kind: 'rejected', rejection });
  }
  return [...ledger.refusals.values()].at(-1);

  function setAt(position: number, outcome: RepairOutcome): void {
    const suspect = suspects[position];
    if (suspect !== undefined) outcomes.set(suspect.id, outcome);
  }
};

// By this time no version belongs to a change that came later: whatever a conflict says, the document is looked at again.
const BEFORE_ALL_VERSIONS = 0;

const rereadOf = ({ table, id, key }: Suspect, position: number): Reread => ({
  kind: 'reread',
  table,
  id,
  version: 0n, // never written: settleByState gives each write its own condition
  changes: [changeOf({ table, key }, undefined, position)],
});
