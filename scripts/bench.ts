import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { type Cleanup, cleanupAtExit } from './bench/cleanup.ts';
import { CONTESTANTS, openContest } from './bench/contest.ts';
import { measureLoads } from './bench/load-time.ts';
import { benchOperator } from './bench/operator/contest.ts';
import { operatorReport } from './bench/operator/report.ts';
import { type Options, parseOptions, USAGE } from './bench/options.ts';
import { measurePeakMemory } from './bench/peak-memory.ts';
import { loadReport, memoryReport, scenarioReport } from './bench/report.ts';
import { resultOf } from './bench/result.ts';
import { runContest } from './bench/run.ts';
import { scenarios } from './bench/scenario.ts';
import { benchSlices } from './bench/slices/contest.ts';
import { slicesReport } from './bench/slices/report.ts';
import { HEAP_MEGABYTES, openStand } from './bench/stand.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const onProgress = (text: string): void => void process.stderr.write(`${text}\n`);

const bench = async (options: Options, cleanup: Cleanup): Promise<void> => {
  const measured = {
    ...(options.subjects.includes('function') && (await benchFunction(options, cleanup))),
    ...(options.subjects.includes('operator') && (await benchCommands(options, cleanup))),
    ...(options.subjects.includes('slices') && (await benchRemote(options, cleanup))),
  };
  if (options.jsonFile === undefined) return;
  await writeFile(options.jsonFile, JSON.stringify(measured, null, 1));
};

const benchFunction = async (options: Options, cleanup: Cleanup) => {
  onProgress('starting OpenSearch');
  const stand = await openStand(cleanup);
  const chosen = options.isQuick ? [scenarios[0]] : scenarios;
  const contest = await openContest(stand, { scenarios: chosen, names: CONTESTANTS }, cleanup);
  const samples = await runContest(stand, contest, {
    scenarios: chosen,
    // OpenSearch has compiled itself after some thousand requests; before, it is what takes the time.
    warmUpRounds: options.isQuick ? 1 : 6,
    rounds: options.rounds,
    roundSeconds: 2,
    onProgress,
  });
  onProgress('load time and memory');
  const loads = await measureLoads(stand, options.isQuick ? 5 : 30);
  const largest = chosen.at(-1) ?? scenarios[0];
  const peakBytes = await measurePeakMemory(stand, largest, options.isQuick ? 1 : 9);
  print(heading(options));
  for (const scenario of chosen) print(scenarioReport(resultOf(scenario, samples)));
  print(loadReport(loads) + memoryReport(peakBytes));
  await cleanup.run(); // the commands are measured with nothing beside them
  return { samples, loads, peakBytes };
};

const benchCommands = async ({ isQuick, rounds }: Options, cleanup: Cleanup) => {
  const sizes = isQuick
    ? { items: 10_000, fewItems: 5_000, manyItems: 20_000 }
    : { items: 100_000, fewItems: 10_000, manyItems: 1_000_000 };
  const operator = await benchOperator({ ...sizes, rounds, onProgress }, cleanup);
  print(operatorReport(operator));
  await cleanup.run();
  return { operator };
};

const benchRemote = async ({ isQuick, rounds }: Options, cleanup: Cleanup) => {
  const items = isQuick ? 10_000 : 200_000;
  const slices = await benchSlices({ items, rounds, onProgress }, cleanup);
  print(slicesReport(slices));
  return { slices };
};

const heading = ({ rounds }: Options): string =>
  `${new Date().toISOString().slice(0, 10)}, Node.js ${process.version}, OpenSearch 3.8 with ${HEAP_MEGABYTES} MB, ` +
  `${availableParallelism()} cores, ${rounds} rounds
Medians of the rounds (quartiles); a ratio is of one round. CPU ms are of the process, for 1,000
records; own is CPU without the parse of the event. The floor is the faster of its two forms (*).
`;

const main = async (): Promise<void> => {
  const cleanup = cleanupAtExit();
  try {
    await bench(parseOptions(process.argv.slice(2)), cleanup);
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  } finally {
    await cleanup.run();
  }
};

await main();
