import { parseArgs } from 'node:util';

/** What may be said on the command line. */
export interface Options {
  readonly rounds: number;
  /** A smoke test: one kind of batch, hardly warm. */
  readonly isQuick: boolean;
  /** Where to write every single measurement, as JSON. */
  readonly jsonFile: string | undefined;
}

/** How to call it, for whoever asks or errs. */
export const USAGE = `npm run bench -- [--rounds N] [--quick] [--json FILE]

  --rounds N   rounds that are measured (7; with --quick 2)
  --quick      a smoke test: batches of 100 small records only
  --json FILE  writes every single measurement
`;

/** Reads the command line; throws one sentence when it cannot be understood. */
export const parseOptions = (commandLine: readonly string[]): Options => {
  const { values } = parseArgs({
    args: [...commandLine],
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
  return { rounds, isQuick: values.quick, jsonFile: values.json };
};
