import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { type Cleanup, cleanupAtExit } from './bench/cleanup.ts';
import { type Options, parseOptions, USAGE } from './bench/options.ts';
import { drawPlots } from './bench/plot/plot.ts';
import { SUBJECTS } from './bench/subjects.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const onProgress = (text: string): void => void process.stderr.write(`${text}\n`);

const bench = async (options: Options, cleanup: Cleanup): Promise<void> => {
  const measured: Record<string, object> = {};
  print(heading(options));
  for (const subject of options.subjects) {
    onProgress(subject);
    const outcome = await SUBJECTS[subject]({ ...options, onProgress }, cleanup);
    await cleanup.run(); // the next one is measured with nothing beside it
    print(outcome.report);
    if (options.plotsDirectory !== undefined)
      await drawPlots(outcome.plots, options.plotsDirectory);
    measured[subject] = outcome.measured;
  }
  if (options.jsonFile === undefined) return;
  await writeFile(options.jsonFile, JSON.stringify(measured, null, 1));
};

const heading = ({ rounds }: Options): string =>
  `${new Date().toISOString().slice(0, 10)}, Node.js ${process.version}, OpenSearch 3.8, ` +
  `${availableParallelism()} cores, ${rounds} rounds\n`;

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
