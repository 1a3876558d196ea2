import { isServerless } from '../../configuration/configuration.ts';
import { IdBalance } from '../../core/id-balance.ts';
import { watchIndex } from '../verify/index-watch.ts';
import {
  type OpenVerification,
  openVerification,
  whileLookingAgain,
} from '../verify/open-verification.ts';
import { newCounts, type Verification, type VerificationCounts } from '../verify/verification.ts';
import type { RunTools } from './command-work.ts';
import type { PartUnderWay } from './open-part.ts';
import type { Part, SliceAnswer } from './order.ts';
import { planFor, plannedTable } from './plan.ts';
import { balanceAt } from './verify-balances.ts';
import { beginningAt, countsIn, type VerifyCheckpoint } from './verify-checkpoint.ts';
import { type Findings, newFindings } from './verify-findings.ts';
import { settle } from './verify-settle.ts';
import { sliceTime } from './verify-time.ts';
import { wishesOf } from './verify-wishes.ts';
import { workOnPart } from './work-on-part.ts';

/** What a part is verified with. */
export type PartVerification<Position> = {
  /** Moved with what was counted. */
  readonly position: Position;
  /** Of this part alone. */
  readonly balance: IdBalance;
  readonly verification: Verification;
};

/** How the parts of a phase are verified. */
export type VerifyTask<Position> = {
  readonly beginning: Position;
  /** Works from the position on, until it is at its end or work is to end. */
  readonly act: (part: PartVerification<Position>) => Promise<void>;
};

/**
 * Verifies a part from where it stands; it is done when it is at its end and no suspicion waits. All
 * that a slice comes to is stored at its end, all at once: what one that was killed has found is found again.
 */
export const verifyPart = <Position extends { readonly isAtEnd: boolean }>(
  part: Part,
  tools: RunTools,
  task: VerifyTask<Position>,
): Promise<SliceAnswer> => {
  const beginning = { counts: newCounts(), checkpoint: beginningAt(task.beginning) };
  return workOnPart(
    part,
    { beginning, work: (underWay) => verifySlice({ part, underWay, task, tools }) },
    tools,
  );
};

type Slice<Position> = {
  readonly part: Part;
  readonly underWay: PartUnderWay<VerificationCounts, VerifyCheckpoint<Position>>;
  readonly task: VerifyTask<Position>;
  readonly tools: RunTools;
};

const verifySlice = async <Position extends { readonly isAtEnd: boolean }>(
  slice: Slice<Position>,
): Promise<boolean> => {
  const { underWay, task, tools, part } = slice;
  const before = underWay.state.checkpoint;
  const position = structuredClone(before.position);
  const balance = new IdBalance(tools.run.balance_key);
  if (before.balance !== null) balance.addBytes(await balanceAt(before.balance, tools));
  const findings = newFindings(wishesOf(tools.run.order), before.left);
  const time = sliceTime(tools);
  const verification = openSlice(slice, findings, time.signal);
  const watch = watchIndex(verification.table, verification.tools, uuidFor(part, tools));
  try {
    await watch();
    await whileLookingAgain(verification, () => task.act({ position, balance, verification }));
    await watch();
  } catch (error) {
    if (!time.signal.aborted) throw error; // all that was counted has its place: the next slice goes on
  } finally {
    time.stop();
  }
  return settle({ part, underWay, tools }, { position, balance, findings, verification });
};

const MOST_REMEMBERED = 20_000; // in a checkpoint, some megabytes

const openSlice = <Position>(
  { part, underWay: { state, onHindrance }, tools }: Slice<Position>,
  { onDifference, onUnrepaired, enough }: Findings,
  signal: AbortSignal,
): OpenVerification => {
  const { counts, waiting, told } = state.checkpoint;
  const verifyTools = {
    ...tools,
    isServerless: isServerless(tools.configuration.authentication),
    counts: Object.assign(state.counts, countsIn(counts)),
    signal,
    ending: AbortSignal.any([tools.signal, enough]),
    patienceMilliseconds: Number.POSITIVE_INFINITY, // the slice ends it
    onHindrance,
    onDifference,
    onUnrepaired,
    options: wishesOf(tools.run.order),
  };
  const table = plannedTable(planFor(part.table, tools.run), tools.configuration);
  return openVerification(table, verifyTools, { waiting, told, most: MOST_REMEMBERED });
};

const uuidFor = ({ table }: Part, { run }: RunTools): string | undefined =>
  planFor(table, run).index_uuid ?? undefined;
