import { writeFile } from 'node:fs/promises';
import { figuresOf, isOver } from './simulation/figures.ts';
import { MANNERS, type MannerName } from './simulation/manners.ts';
import { type Options, parseOptions, USAGE } from './simulation/options.ts';
import { goodputPlot, type PlottedCourse } from './simulation/plot.ts';
import { trialReport } from './simulation/report.ts';
import { simulate } from './simulation/simulate.ts';
import { type TrialName, trialOf } from './simulation/trials.ts';

const run = async (name: TrialName, manner: MannerName, { shards, patience }: Options) => {
  const trial = trialOf(name, shards, MANNERS[manner]);
  const course = await simulate(trial.scenario, (samples) => isOver(samples, trial, patience));
  const figures = figuresOf(course, trial);
  process.stdout.write(`${trialReport(trial, { course, figures, manner })}\n`);
  return { trial, manner, shards, figures, course };
};

const draw = async (courses: readonly PlottedCourse[], file: string): Promise<void> => {
  const { svgOf } = await import('./bench/plot/plot.ts'); // takes longer to load than all the rest
  await writeFile(file, await svgOf(goodputPlot(courses)));
};

const main = async (): Promise<void> => {
  const options = parseOptions(process.argv.slice(2));
  const { trials, manners, jsonFile, svgFile } = options;
  const results = [];
  for (const name of trials)
    for (const manner of manners) results.push(await run(name, manner, options));
  if (jsonFile !== undefined) await writeFile(jsonFile, JSON.stringify(results));
  if (svgFile !== undefined) await draw(results, svgFile);
};

main().then(
  () => process.exit(), // mappings go on for ever
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exit(1);
  },
);
