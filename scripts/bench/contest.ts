import type { Cleanup } from './cleanup.ts';
import { indexOf } from './configuration.ts';
import { type Contestant, startContestant } from './contestant.ts';
import { type Events, eventsOf } from './events.ts';
import { createIndex } from './indexes.ts';
import type { Scenario } from './scenario.ts';
import type { Program, Stand } from './stand.ts';

/** Who competes; the floor does so twice, with the function's own requests and with one request a batch. */
export const CONTESTANTS = [
  'floor',
  'floor-whole',
  'least',
  'simple',
  'helper',
  'function',
] as const;

/** One of those who compete. */
export type ContestantName = (typeof CONTESTANTS)[number];

/** The processes that compete, and a function whose requests are recorded. */
export interface Contest {
  readonly contestants: ReadonlyMap<ContestantName, Contestant>;
  readonly recorded: Contestant;
  /** The events of each scenario, from its first to its last. */
  readonly events: ReadonlyMap<Scenario, Events>;
}

const PROGRAMS: Readonly<Record<ContestantName, Program>> = {
  floor: 'floor',
  'floor-whole': 'floor',
  least: 'least-handler',
  simple: 'simple-handler',
  helper: 'bulk-helper',
  function: 'function',
};

/** What is held: which kinds of batches, and who competes. */
export interface ContestSettings {
  readonly scenarios: readonly Scenario[];
  readonly names: readonly ContestantName[];
}

/** Creates every contestant's indexes and starts its process. */
export const openContest = async (
  stand: Stand,
  { scenarios, names }: ContestSettings,
  cleanup: Cleanup,
): Promise<Contest> => {
  const start = (program: Program, environment: NodeJS.ProcessEnv): Contestant => {
    const path = stand.programs(program);
    const contestant = startContestant({
      program: path,
      arguments: [stand.functionPath],
      environment,
    });
    cleanup.add(contestant.stop);
    return contestant;
  };
  await createIndexes(stand.openSearchUrl, { scenarios, names });
  return {
    contestants: new Map(names.map((name) => [name, start(PROGRAMS[name], stand.toOpenSearch)])),
    recorded: start('function', stand.toRecorder),
    events: new Map(scenarios.map((scenario) => [scenario, eventsOf(scenario, aDayAgo())])),
  };
};

const createIndexes = async (url: string, { scenarios, names }: ContestSettings): Promise<void> => {
  for (const scenario of scenarios) {
    for (const name of names) await createIndex(url, indexOf(name, scenario.name), scenario);
  }
};

const aDayAgo = (): number => Math.floor(Date.now() / 1000) - 86_400;
