import { writeFile } from 'node:fs/promises';
import { newTally, type Tally } from '../test/convergence/tally.ts';
import { type Cleanup, cleanupAtExit } from './bench/cleanup.ts';
import { type Options, parseOptions, USAGE } from './prove/options.ts';
import { publish } from './prove/publish.ts';
import { missedText, progressLine, reportJson, reportText } from './prove/report.ts';
import { type Found, type RunParts, runLane, runOne } from './prove/run.ts';
import { openLanes } from './prove/stand.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const prove = async (options: Options, cleanup: Cleanup): Promise<boolean> => {
  const tally = newTally();
  const { versions, archive, one, isRestarting } = options;
  const lanes =
    one === undefined
      ? { shared: options.atATime, restarting: 1 }
      : { shared: isRestarting ? 0 : 1, restarting: isRestarting ? 1 : 0 };
  const open = await openLanes({ versions, archive, ...lanes }, cleanup);
  const state = { hasDiverged: false };
  const start = performance.now();
  const minutes = () => (performance.now() - start) / 60_000;
  const parts: RunParts = {
    tally,
    goesOn: () => !state.hasDiverged && minutes() < options.minutes,
    onFound: (found, which) => {
      state.hasDiverged = true;
      print(foundText(found, which));
    },
  };
  const timer = setInterval(() => print(progressLine(tally, minutes())), 60_000);
  try {
    await Promise.all(
      open.map((lane) => (one === undefined ? runLane(lane, parts) : runOne(lane, one, parts))),
    );
  } finally {
    clearInterval(timer);
  }
  print(reportText(tally));
  if (options.jsonFile !== undefined)
    await writeFile(options.jsonFile, JSON.stringify(reportJson(tally), null, 1));
  const isProved = !state.hasDiverged && (one !== undefined || hasMetAll(tally));
  if (isProved && options.isPublishing) await publish(tally, options);
  return isProved;
};

const foundText = ({ history, error, command }: Found, which: string): string =>
  `THE INDEX DIVERGED (${which})\n\n${history}\n\n${error}\n${command}\n`;

const hasMetAll = (tally: Tally): boolean => {
  const missed = missedText(tally);
  if (missed !== undefined) print(missed);
  return missed === undefined;
};

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
