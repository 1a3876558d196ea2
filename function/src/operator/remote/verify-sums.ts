import { addCounts } from '../add-counts.ts';
import { newCounts, type VerificationCounts } from '../verify/verification.ts';
import type { RunTools } from './command-work.ts';
import { VERIFY_PHASES } from './order.ts';
import { everyDonePart } from './phase-parts.ts';
import type { TablePlan } from './run.ts';
import { type LeftDifferences, nothingLeft, type VerifyCheckpoint } from './verify-checkpoint.ts';

/** What the verification of one table has come to. */
export type VerifiedTable = {
  readonly plan: TablePlan;
  readonly counts: VerificationCounts;
  readonly left: LeftDifferences;
};

/** Adds up what the parts of all phases have come to, table by table. */
export const sumVerified = async (tools: RunTools): Promise<readonly VerifiedTable[]> => {
  const sums = new Map(tools.run.tables.map((plan) => [plan.table, newSum()]));
  for (const phase of VERIFY_PHASES) {
    await everyDonePart<unknown, VerifyCheckpoint<unknown>>(phase, tools, ({ table }, state) => {
      const sum = sums.get(table);
      if (sum === undefined) return;
      const { counts, left } = state.checkpoint;
      addCounts(sum.counts, counts);
      addCounts(sum.left, left);
      addCounts(sum.ignored, counts.ignored);
    });
  }
  return tools.run.tables.map((plan) => verifiedTable(plan, sums.get(plan.table) ?? newSum()));
};

type Sum = {
  readonly counts: Map<string, number>;
  readonly left: Map<string, number>;
  readonly ignored: Map<string, number>;
};

const newSum = (): Sum => ({ counts: new Map(), left: new Map(), ignored: new Map() });

const MOST_FIELDS = 100; // those that were ignored most often

const verifiedTable = (plan: TablePlan, { counts, left, ignored }: Sum): VerifiedTable => {
  const fields = [...ignored].sort(([, one], [, other]) => other - one).slice(0, MOST_FIELDS);
  return {
    plan,
    counts: { ...newCounts(), ...Object.fromEntries(counts), ignored: new Map(fields) },
    left: { ...nothingLeft(), ...Object.fromEntries(left) },
  };
};
