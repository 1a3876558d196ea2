import { numberOf } from '../../../function/src/core/json-value.ts';
import { MOST_SEGMENTS } from '../../../function/src/operator/backfill/segments.ts';
import {
  LONGEST_DELAY_SECONDS,
  MOST_PERCENT,
} from '../../../function/src/operator/remote/order.ts';
import {
  USUAL_DELAY_SECONDS,
  type VerifyOptions,
} from '../../../function/src/operator/verify/verification.ts';
import { positiveNumber, wholeNumber } from '../numbers.ts';
import type { CommandInvocation, CommandOption } from '../operator-command.ts';
import { remoteOptions, resumeOption } from '../remote/options.ts';

const USUAL_SEGMENTS = 4;
const MOST_LOCAL_SEGMENTS = 64;

/** The options of `verify`. */
export const verifyCommandOptions: readonly CommandOption[] = [
  { flags: '--all', description: 'every table of the configuration', defaultValue: false },
  {
    flags: '--sample <percent>',
    description:
      'look at about so much of table and index, for about so much of the read units, such as 5 or 0.5; the rest may differ',
    parse: positiveNumber({ upTo: MOST_PERCENT }),
  },
  {
    flags: '--repair',
    description: 'make documents that differ what the table holds, while the function goes on',
    defaultValue: false,
  },
  {
    flags: '--verbose',
    description: 'list all differences, each with the first field that differs',
    defaultValue: false,
  },
  {
    flags: '--segments <n>',
    description: `parts of the table that are read at once, ${USUAL_SEGMENTS} unless said; with --remote parts into which it is cut, else by its size`,
    parse: wholeNumber({ upTo: MOST_SEGMENTS }),
  },
  {
    flags: '--delay <seconds>',
    description: `how long a difference must last to be one: longer than the stream lags behind; ${USUAL_DELAY_SECONDS} unless said`,
    parse: positiveNumber({ upTo: LONGEST_DELAY_SECONDS }),
  },
  resumeOption,
  ...remoteOptions,
];

/** What was said by options, beyond how to verify. */
export type Wishes = VerifyOptions & {
  readonly isAll: boolean;
  readonly isVerbose: boolean;
};

/** Reads the options of an invocation. */
export const wishesIn = ({ options }: Pick<CommandInvocation, 'options'>): Wishes => ({
  isAll: options['all'] === true,
  isVerbose: options['verbose'] === true,
  isRepairing: options['repair'] === true,
  workers: workersIn(options),
  delaySeconds: numberOf(options['delay']) ?? USUAL_DELAY_SECONDS,
  samplePercent: numberOf(options['sample']),
});

const workersIn = (options: CommandInvocation['options']): number => {
  const workers = numberOf(options['segments']) ?? USUAL_SEGMENTS;
  if (workers <= MOST_LOCAL_SEGMENTS) return workers;
  throw new Error(
    `--segments ${workers}: must be at most ${MOST_LOCAL_SEGMENTS}, without --remote.`,
  );
};
