import { setMaxListeners } from 'node:events';
import type { Table } from '../../core/table.ts';
import { repairDifferences } from './repairs.ts';
import { lookAgain } from './second-look.ts';
import {
  type LookAgain,
  type SuspicionQueue,
  suspicionQueue,
  type WaitingSuspicion,
} from './suspicion-queue.ts';
import {
  type Difference,
  deletionOf,
  type Verification,
  type VerifyOptions,
  type VerifyTools,
} from './verification.ts';

/** A verification whose suspicions are looked at beside the work that finds them. */
export type OpenVerification = Verification & {
  readonly queue: SuspicionQueue;
  /** Ends everything that is under way. */
  readonly fail: () => void;
};

/** What a verification goes on from. */
export type VerificationMemory = {
  readonly waiting: readonly WaitingSuspicion[];
  /** What deletes the extra documents that were entered already. */
  readonly told: readonly string[];
  /** How much of either is remembered at most: until suspicions have room others wait; an extra document beyond that may be told again where documents have to be read anew. */
  readonly most: number;
};

const NOTHING: VerificationMemory = { waiting: [], told: [], most: 100_000 };

/** Opens a verification, anew or with what an earlier one remembered. */
export const openVerification = (
  table: Table,
  { options, ...given }: VerifyTools & { readonly options: VerifyOptions },
  memory = NOTHING,
): OpenVerification => {
  const failure = new AbortController();
  const signal = AbortSignal.any([given.signal, failure.signal]);
  setMaxListeners(0, signal); // each segment listens, and each look; Node.js 20 would suspect a leak
  const tools = { ...given, signal };
  const told = new Set(memory.told);
  const { counts } = tools;
  const report = (difference: Difference) => {
    counts[difference.kind]++;
    if (difference.kind === 'extra' && told.size < memory.most) told.add(deletionOf(difference));
    tools.onDifference(difference);
  };
  const conclude = concluding(report, options, tools);
  const look: LookAgain = async (due) => {
    const { again, differences, changing } = await lookAgain(due, { table, tools });
    const postponed = await conclude([...differences.keys()]);
    counts.changing += changing;
    return [...again, ...postponed.flatMap((difference) => differences.get(difference) ?? [])];
  };
  const queue = suspicionQueue(look, {
    delaySeconds: options.delaySeconds,
    lanes: options.workers,
    signal,
    ending: tools.ending ?? NEVER,
    waiting: memory.waiting,
    mostWaiting: memory.most,
    onWaiting: (count) => {
      counts.waiting = count;
    },
  });
  const fail = () => failure.abort();
  return { table, options, tools, told, suspect: queue.add, report, conclude, queue, fail };
};

const NEVER = new AbortController().signal;

const concluding =
  (
    report: Verification['report'],
    { isRepairing }: VerifyOptions,
    tools: VerifyTools,
  ): Verification['conclude'] =>
  async (differences) => {
    if (!isRepairing || differences.length === 0) {
      for (const difference of differences) report(difference);
      return [];
    }
    const repaired = await repairDifferences(differences, tools);
    for (const [difference, outcome] of repaired) {
      report(difference);
      if (outcome === 'repaired') tools.counts.repaired++;
      else {
        tools.counts.unrepaired++;
        tools.onUnrepaired(outcome);
      }
    }
    return differences.filter((difference) => !repaired.has(difference));
  };

/** Does work that suspects, and looks again at what it suspects, until nothing waits any more or all is to end. @throws the first failure of either, once both have ended */
export const whileLookingAgain = async (
  { queue, fail }: OpenVerification,
  act: () => Promise<void>,
): Promise<void> => {
  const work = [act().finally(queue.close), queue.run()];
  try {
    await Promise.all(work);
  } catch (error) {
    fail();
    await Promise.allSettled(work);
    throw error;
  }
};
