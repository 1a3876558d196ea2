import { writeFile } from 'node:fs/promises';
import { newTally, type Tally } from '../test/convergence/tally.ts';
import { type Cleanup, cleanupAtExit } from './bench/cleanup.ts';
import { type Options, parseOptions, USAGE } from './prove/options.ts';
import { publish } from './prove/publish.ts';
import { missedText, progressLine, reportJson, reportText } from './prove/report.ts';
import { type Found, type RunParts, runLane, runOne } from './prove/run.ts';
import { type Lane, openLanes } from './prove/stand.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Whether the index equalled the table after each history, and enough happened for that to mean something. */
const prove = async (options: Options, cleanup: Cleanup): Promise<boolean> => {
  const tally = newTally();
  const hasDiverged = await runHistories(options, tally, cleanup);
  print(reportText(tally));
  if (options.jsonFile !== undefined)
    await writeFile(options.jsonFile, JSON.stringify(reportJson(tally), null, 1));
  if (hasDiverged) return false;
  if (options.one !== undefined) return true;
  const missed = missedText(tally);
  if (missed !== undefined) print(missed);
  else if (options.isPublishing) await publish(tally, options);
  return missed === undefined;
};

const PROGRESS_MILLISECONDS = 60_000;

const runHistories = async (
  { versions, archive, one, ...options }: Options,
  tally: Tally,
  cleanup: Cleanup,
): Promise<boolean> => {
  const ofOne = options.isRestarting ? { shared: 0, restarting: 1 } : { shared: 1, restarting: 0 };
  const width = one === undefined ? { shared: options.atATime, restarting: 1 } : ofOne;
  const lanes = await openLanes({ versions, archive, ...width }, cleanup);
  let hasDiverged = false;
  const start = performance.now();
  const minutes = () => (performance.now() - start) / 60_000;
  const parts: RunParts = {
    tally,
    goesOn: () => !hasDiverged && minutes() < options.minutes,
    onFound: (found, which) => {
      hasDiverged = true;
      print(foundText(found, which));
    },
  };
  const timer = setInterval(() => print(progressLine(tally, minutes())), PROGRESS_MILLISECONDS);
  cleanup.add(async () => clearInterval(timer));
  const runIn = (lane: Lane) =>
    one === undefined ? runLane(lane, parts) : runOne(lane, one, parts);
  await Promise.all(lanes.map(runIn));
  return hasDiverged;
};

const foundText = ({ history, error, command }: Found, which: string): string =>
  `THE INDEX DIFFERED FROM THE TABLE (${which})\n\n${history}\n\n${error}\n\n${command}\n`;

const run = async (): Promise<void> => {
  const cleanup = cleanupAtExit();
  try {
    const options = parseOptions(process.argv.slice(2));
    if (!(await prove(options, cleanup))) process.exitCode = 1;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exitCode = 1;
  } finally {
    await cleanup.run();
  }
};

await run();
