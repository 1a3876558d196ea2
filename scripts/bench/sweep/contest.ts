import type { Cleanup } from '../cleanup.ts';
import { type ContestantName, openContest } from '../contest.ts';
import { type Result, resultOf } from '../result.ts';
import type { Sample } from '../round.ts';
import { runContest } from '../run.ts';
import { openStand } from '../stand.ts';
import { type Point, type Series, scenariosIn, seriesOf } from './series.ts';

/** How much is measured. */
export interface SweepSettings {
  readonly isQuick: boolean;
  readonly rounds: number;
  readonly onProgress: (line: string) => void;
}

/** What a sweep came to. */
export interface SweepResult {
  readonly settings: SweepSettings;
  readonly series: readonly MeasuredSeries[];
  readonly samples: readonly Sample[];
}

/** A series, with the result of each of its scenarios. */
export interface MeasuredSeries extends Omit<Series, 'points'> {
  readonly points: readonly (Point & { readonly result: Result })[];
}

const NAMES: readonly ContestantName[] = ['floor', 'floor-whole', 'simple', 'function'];

/** Measures the function, the floor and the simple handler over batches and items of many kinds. */
export const benchSweep = async (
  settings: SweepSettings,
  cleanup: Cleanup,
): Promise<SweepResult> => {
  const { isQuick, rounds, onProgress } = settings;
  const series = seriesOf(isQuick);
  const scenarios = scenariosIn(series);
  onProgress('starting OpenSearch');
  // Under `auto` a batch of ten would refresh now and then, which the floor could not do alike: `features` has what that costs.
  const stand = await openStand(cleanup, { scenarios, overrides: { refresh: 'false' } });
  const contest = await openContest(stand, { scenarios, names: NAMES }, cleanup);
  const samples = await runContest(stand, contest, {
    scenarios,
    warmUpRounds: isQuick ? 1 : 3,
    rounds,
    roundSeconds: isQuick ? 0.2 : 0.8,
    onProgress,
  });
  return { settings, series: series.map((one) => measured(one, samples)), samples };
};

const measured = ({ points, ...series }: Series, samples: readonly Sample[]): MeasuredSeries => ({
  ...series,
  points: points.map((point) => ({ ...point, result: resultNamed(point.scenario.name, samples) })),
});

// Two series may have the same scenario, made twice.
const resultNamed = (name: string, samples: readonly Sample[]): Result => {
  const scenario = samples.find((sample) => sample.scenario.name === name)?.scenario;
  if (scenario === undefined) throw new Error(`${name} was not measured`);
  return resultOf(scenario, samples);
};
