import { benchColdStart } from './cold-start/contest.ts';
import { coldStartReport } from './cold-start/report.ts';
import { benchFeatures } from './features/contest.ts';
import { featuresReport } from './features/report.ts';
import { benchFreshness } from './freshness/contest.ts';
import { freshnessReport } from './freshness/report.ts';
import { benchFunction } from './function-bench.ts';
import { benchOperator } from './operator/contest.ts';
import { operatorReport } from './operator/report.ts';
import { benchRecovery } from './recovery/contest.ts';
import { recoveryReport } from './recovery/report.ts';
import { benchSlices } from './slices/contest.ts';
import { slicesReport } from './slices/report.ts';
import type { Bench } from './subject.ts';
import { benchSweep } from './sweep/contest.ts';
import { sweepPlots } from './sweep/plot.ts';
import { sweepReport } from './sweep/report.ts';

const sweep: Bench = async (extent, cleanup) => {
  const result = await benchSweep(extent, cleanup);
  return { report: sweepReport(result), plots: sweepPlots(result), measured: result.samples };
};

const features: Bench = async (extent, cleanup) => {
  const result = await benchFeatures(extent, cleanup);
  const rounds = result.rounds.map((round) => Object.fromEntries(round));
  return { report: featuresReport(result), plots: [], measured: { ...result, rounds } };
};

const freshness: Bench = async (extent, cleanup) => {
  const result = await benchFreshness(extent, cleanup);
  return {
    report: freshnessReport(result),
    plots: [],
    measured: { ...result, floor: [...result.floor] },
  };
};

const recovery: Bench = async (extent, cleanup) => {
  const result = await benchRecovery(extent, cleanup);
  return { report: recoveryReport(result), plots: [], measured: result };
};

const coldStart: Bench = async (extent, cleanup) => {
  const result = await benchColdStart(extent, cleanup);
  return { report: coldStartReport(result), plots: [], measured: result };
};

const operator: Bench = async ({ isQuick, ...extent }, cleanup) => {
  const sizes = isQuick
    ? { items: 10_000, fewItems: 5_000, manyItems: 20_000 }
    : { items: 100_000, fewItems: 10_000, manyItems: 1_000_000 };
  const result = await benchOperator({ ...sizes, ...extent }, cleanup);
  return { report: operatorReport(result), plots: [], measured: result };
};

const slices: Bench = async ({ isQuick, ...extent }, cleanup) => {
  const result = await benchSlices({ items: isQuick ? 10_000 : 200_000, ...extent }, cleanup);
  return { report: slicesReport(result), plots: [], measured: result };
};

/** Everything that can be measured, by the name under which one asks for it, in the order in which it is. */
export const SUBJECTS = {
  function: benchFunction,
  sweep,
  features,
  freshness,
  recovery,
  'cold-start': coldStart,
  operator,
  slices,
} as const satisfies Readonly<Record<string, Bench>>;

/** What can be measured. */
export type Subject = keyof typeof SUBJECTS;
