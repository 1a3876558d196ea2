import { writeFile } from 'node:fs/promises';
import { figuresOf, isOver } from './simulation/figures.ts';
import { MANNERS } from './simulation/manners.ts';
import { type Options, parseOptions, USAGE } from './simulation/options.ts';
import { trialReport } from './simulation/report.ts';
import { simulate } from './simulation/simulate.ts';
import { type TrialName, trialOf } from './simulation/trials.ts';

const run = async (name: TrialName, options: Options) => {
  const { shards, manner, patience } = options;
  const trial = trialOf(name, shards, MANNERS[manner]);
  const course = await simulate(trial.scenario, (samples) => isOver(samples, trial, patience));
  const figures = figuresOf(course, trial);
  process.stdout.write(`${trialReport(trial, { course, figures, manner })}\n`);
  return { trial: name, manner, shards, figures, ...course };
};

const main = async (): Promise<void> => {
  const options = parseOptions(process.argv.slice(2));
  const results = [];
  for (const name of options.trials) results.push(await run(name, options));
  if (options.jsonFile !== undefined) await writeFile(options.jsonFile, JSON.stringify(results));
};

main().then(
  () => process.exit(), // mappings go on for ever
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exit(1);
  },
);
