import type { Contest } from './contest.ts';
import { populationOf } from './events.ts';
import { runRound, type Sample } from './round.ts';
import type { Scenario } from './scenario.ts';
import type { Stand } from './stand.ts';

/** How much is measured. */
export interface RunSettings {
  readonly scenarios: readonly Scenario[];
  readonly warmUpRounds: number;
  readonly rounds: number;
  /** How long the fastest contestant is kept busy in a round; the others take longer. */
  readonly roundSeconds: number;
  readonly onProgress: (line: string) => void;
}

const LEAST_BATCHES = 4;

/** Warms everything up, then measures round by round, so that a quiet and a busy minute meet all scenarios and contestants. */
export const runContest = async (
  stand: Stand,
  contest: Contest,
  { scenarios, warmUpRounds, rounds, roundSeconds, onProgress }: RunSettings,
): Promise<readonly Sample[]> => {
  let batches = new Map(scenarios.map((scenario) => [scenario, allItems(scenario)])); // a round's
  const samples: Sample[] = [];
  for (let round = -warmUpRounds; round < rounds; round++) {
    onProgress(round < 0 ? `warming up ${-round}` : `round ${round + 1} of ${rounds}`);
    const ofRound: Sample[] = [];
    for (const scenario of scenarios) {
      const settings = {
        round: round + warmUpRounds,
        scenario,
        batches: batches.get(scenario) ?? 1,
      };
      ofRound.push(...(await runRound(stand, contest, settings)));
    }
    if (round < 0)
      batches = new Map(
        scenarios.map((scenario) => [scenario, enough(scenario, ofRound, roundSeconds)]),
      );
    else samples.push(...ofRound);
  }
  return samples;
};

/** How many batches walk through all items of a scenario. */
const allItems = (scenario: Scenario): number => populationOf(scenario) / scenario.records;

/** How many batches keep every contestant busy for so many seconds. */
const enough = (scenario: Scenario, samples: readonly Sample[], seconds: number): number => {
  const speeds = samples
    .filter((sample) => sample.scenario === scenario)
    .map(({ batches, measurement }) => batches / (measurement.work.milliseconds / 1000));
  return Math.max(LEAST_BATCHES, Math.ceil(Math.max(...speeds) * seconds));
};
