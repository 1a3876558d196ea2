import { parseArgs } from 'node:util';

/** What may be said on the command line. */
export interface Options {
  readonly rounds: number;
  /** A smoke test: one kind of batch, hardly warm. */
  readonly isQuick: boolean;
  /** What is measured: the function, the operator commands, slices of theirs inside AWS, or all of it. */
  readonly subjects: readonly Subject[];
  /** Where to write every single measurement, as JSON. */
  readonly jsonFile: string | undefined;
}

/** What can be measured. */
const SUBJECTS = ['function', 'operator', 'slices'] as const;
export type Subject = (typeof SUBJECTS)[number];

/** How to call it, for whoever asks or errs. */
export const USAGE = `npm run bench -- [function|operator|slices] [--rounds N] [--quick] [--json FILE]

  function     the function only
  operator     the operator commands only
  slices       slices of runs inside AWS only; without any of these all
  --rounds N   rounds that are measured (7; with --quick 2)
  --quick      a smoke test: batches of 100 small records only, small tables
  --json FILE  writes every single measurement
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
    },
  });
  const rounds = Number(values.rounds ?? (values.quick ? 2 : 7));
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new Error(`--rounds must be a whole number from 1, not ${values.rounds}`);
  }
  return {
    rounds,
    isQuick: values.quick,
    subjects: positionals.length === 0 ? SUBJECTS : positionals.map(subjectOf),
    jsonFile: values.json,
  };
};

const subjectOf = (text: string): Subject => {
  const subject = SUBJECTS.find((known) => known === text);
  if (subject === undefined)
    throw new Error(`"${text}" cannot be measured: ${SUBJECTS.join(', ')}`);
  return subject;
};
