import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { outputOf } from '../../local/command.ts';
import type { Cleanup } from '../cleanup.ts';
import { configurationText } from '../configuration.ts';
import { eventsOf } from '../events.ts';
import { HEAP } from '../heap.ts';
import { openGate } from '../recovery/outage.ts';
import { scenarioOf } from '../scenario.ts';
import { environmentOf, openStand, type Stand } from '../stand.ts';

/** How much is measured. */
export interface ColdStartSettings {
  readonly isQuick: boolean;
  readonly onProgress: (line: string) => void;
}

/** What comes one after the other in a cold start. */
export const PHASES = ['node', 'load', 'configuration', 'preparation', 'batch'] as const;
export type Phase = (typeof PHASES)[number];

/** Milliseconds of each phase. */
export type ColdStart = Readonly<Record<Phase, number>>;

/** Cold starts, side by side with those of a function that does nothing. */
export interface ColdStartResult {
  readonly ofFunction: readonly ColdStart[];
  readonly ofEmpty: readonly ColdStart[];
}

const SCENARIO = scenarioOf(100, 'small');
const STARTS = 25;

/** Starts the function again and again, each time with an index that is not there yet. */
export const benchColdStart = async (
  { isQuick, onProgress }: ColdStartSettings,
  cleanup: Cleanup,
): Promise<ColdStartResult> => {
  onProgress('starting OpenSearch');
  const stand = await openStand(cleanup);
  const arrivals: Arrival[] = [];
  const gate = await openGate(stand.openSearchUrl, (path) =>
    arrivals.push({ path, at: Date.now() }),
  );
  cleanup.add(gate.stop);
  const eventPath = join(stand.directory, 'cold-start.json');
  await writeFile(eventPath, eventsOf(SCENARIO, Math.floor(Date.now() / 1000)).next());
  const emptyPath = join(stand.directory, 'empty.cjs');
  await writeFile(emptyPath, 'exports.handler = async () => ({ batchItemFailures: [] });\n');
  const ofFunction: ColdStart[] = [];
  const ofEmpty: ColdStart[] = [];
  const starts = isQuick ? 3 : STARTS;
  for (let number = 0; number <= starts; number++) {
    onProgress(number === 0 ? 'warming up' : `start ${number} of ${starts}`);
    const text = configurationText(gate.url, {
      contestant: `cold-${number}`,
      scenarios: [SCENARIO],
    });
    const environment = environmentOf(stand.aws, `cold-${number}`, text);
    arrivals.length = 0;
    const start = await startCold(stand, { path: stand.functionPath, eventPath, environment });
    const empty = await startCold(stand, { path: emptyPath, eventPath, environment });
    if (number === 0) continue; // the first reads from the disk
    ofFunction.push(phasesOf(start, arrivals));
    ofEmpty.push(phasesOf(empty, []));
  }
  return { ofFunction, ofEmpty };
};

/** A request that reached OpenSearch, and when, in milliseconds since 1970. */
export type Arrival = { readonly path: string; readonly at: number };

/** Moments of a start, in milliseconds since 1970. */
export type Moments = {
  readonly started: number;
  readonly began: number;
  readonly loaded: number;
  readonly done: number;
};

type ColdFunction = {
  readonly path: string;
  readonly eventPath: string;
  readonly environment: NodeJS.ProcessEnv;
};

const startCold = async (
  { programs }: Stand,
  { path, eventPath, environment }: ColdFunction,
): Promise<Moments> => {
  const started = Date.now();
  const output = await outputOf({
    program: process.execPath,
    arguments: [...HEAP, programs('cold-start'), path, eventPath],
    environment,
    missing: 'Node is missing',
  });
  return { started, ...JSON.parse(output.split('\n').at(-1) ?? '') };
};

/** The phases of a start, as its own moments and what reached OpenSearch tell; a function that sends nothing has no more than the first two. */
export const phasesOf = (
  { started, began, loaded, done }: Moments,
  arrivals: readonly Arrival[],
): ColdStart => {
  const asked = arrivals[0]?.at ?? loaded;
  const sent = arrivals.find(({ path }) => path.includes('/_bulk'))?.at ?? asked;
  return {
    node: began - started,
    load: loaded - began,
    configuration: asked - loaded,
    preparation: sent - asked,
    batch: done - sent,
  };
};
