import type { VerifyOptions } from '../../../function/src/operator/verify/verification.ts';
import { numberOf, positiveNumber, wholeNumber } from '../numbers.ts';
import type { CommandInvocation, CommandOption } from '../operator-command.ts';

const MOST_PERCENT = 100;
const USUAL_SEGMENTS = 4;
const MOST_SEGMENTS = 64;
const USUAL_DELAY_SECONDS = 15;
const LONGEST_DELAY_SECONDS = 3600;

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
    description: 'parts of the table that are read at once',
    defaultValue: USUAL_SEGMENTS,
    parse: wholeNumber({ upTo: MOST_SEGMENTS }),
  },
  {
    flags: '--delay <seconds>',
    description: 'how long a difference must last to be one: longer than the stream lags behind',
    defaultValue: USUAL_DELAY_SECONDS,
    parse: positiveNumber({ upTo: LONGEST_DELAY_SECONDS }),
  },
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
  workers: numberOf(options['segments']) ?? USUAL_SEGMENTS,
  delaySeconds: numberOf(options['delay']) ?? USUAL_DELAY_SECONDS,
  samplePercent: numberOf(options['sample']),
});
