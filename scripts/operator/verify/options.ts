import type { VerifyOptions } from '../../../function/src/operator/verify/verification.ts';
import type { CommandInvocation, CommandOption } from '../operator-command.ts';

/** The options of `verify`. */
export const verifyCommandOptions: readonly CommandOption[] = [
  { flags: '--all', description: 'every table of the configuration', defaultValue: false },
  {
    flags: '--sample <percent>',
    description:
      'look at about so much of table and index, for about so much of the read units; the rest may differ',
    parse: (text) =>
      numberWithin(text, { above: 0, upTo: 100, what: 'a percentage up to 100, such as 5 or 0.5' }),
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
    defaultValue: 4,
    parse: (text) => wholeNumber(text, 64),
  },
  {
    flags: '--delay <seconds>',
    description: 'how long a difference must last to be one: longer than the stream lags behind',
    defaultValue: 15,
    parse: (text) => numberWithin(text, { above: 0, upTo: 3600, what: 'seconds, up to 3600' }),
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
  segments: numberOf(options['segments']) ?? 4,
  delaySeconds: numberOf(options['delay']) ?? 15,
  samplePercent: numberOf(options['sample']),
});

const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined;

const wholeNumber = (text: string, most: number): number => {
  const number = numberWithin(text, { above: 0, upTo: most, what: `a whole number up to ${most}` });
  if (Number.isInteger(number)) return number;
  throw new Error(`it wants a whole number up to ${most}.`);
};

type Range = { readonly above: number; readonly upTo: number; readonly what: string };

const numberWithin = (text: string, { above, upTo, what }: Range): number => {
  const number = Number(text);
  if (text.trim() !== '' && number > above && number <= upTo) return number;
  throw new Error(`it wants ${what}.`);
};
