import { parseArgs } from 'node:util';
import { SUBJECTS, type Subject } from './subjects.ts';

/** What may be said on the command line. */
export interface Options {
  readonly rounds: number;
  /** A smoke test: little of each, hardly warm. */
  readonly isQuick: boolean;
  readonly subjects: readonly Subject[];
  /** Where to write every single measurement, as JSON. */
  readonly jsonFile: string | undefined;
  /** Where to draw plots, as SVG. */
  readonly plotsDirectory: string | undefined;
}

/** How to call it, for whoever asks or errs. */
export const USAGE = `npm run bench -- [subject…] [--rounds N] [--quick] [--json FILE] [--plots DIRECTORY]

  function           the function beside a floor and two other ways to do its work
  sweep              the same over batch sizes, item sizes and shares of deletes
  features           what each feature costs, with and without it
  freshness          from PutItem to the first search hit
  recovery           after OpenSearch was gone for a minute
  cold-start         the first invocation of a process, by phase
  operator           backfill and verify
  slices             slices of runs inside AWS: docs/scaling.md
                     without any of these all of them
  --rounds N         rounds that are measured (7; with --quick 2)
  --quick            a smoke test: little of each, hardly warm
  --json FILE        writes every single measurement
  --plots DIRECTORY  draws what there is to see, as SVG
`;

/** Reads the command line; throws one sentence when it cannot be understood. */
export const parseOptions = (commandLine: readonly string[]): Options => {
  const { values, positionals } = parseArgs({
    args: [...commandLine],
    allowPositionals: true,
    options: {
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      plots: { type: 'string' },
    },
  });
  const rounds = Number(values.rounds ?? (values.quick ? 2 : 7));
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new Error(`--rounds must be a whole number from 1, not ${values.rounds}`);
  }
  return {
    rounds,
    isQuick: values.quick,
    subjects: positionals.length === 0 ? ALL : positionals.map(subjectOf),
    jsonFile: values.json,
    plotsDirectory: values.plots,
  };
};

// The edge of the type system: keys are texts.
const ALL = Object.keys(SUBJECTS) as Subject[];

const subjectOf = (text: string): Subject => {
  const subject = ALL.find((known) => known === text);
  if (subject === undefined) throw new Error(`"${text}" cannot be measured: ${ALL.join(', ')}`);
  return subject;
};
