import { numberOf } from '../../../function/src/core/json-value.ts';
import { MOST_CONCURRENCY } from '../../../function/src/operator/remote/order.ts';
import { wholeNumber } from '../numbers.ts';
import type { CommandInvocation, CommandOption } from '../operator-command.ts';

/** Where a command is to run. */
export const remoteOption: CommandOption = {
  flags: '--remote',
  description:
    'run inside AWS, next to a domain in a VPC, and show it here: needs modules/operations',
  defaultValue: false,
};

/** The options of every command that Step Functions runs. */
export const remoteOptions: readonly CommandOption[] = [
  remoteOption,
  {
    flags: '--concurrency <n>',
    description: 'with --remote: parts that are worked on at once; else as the module says',
    parse: wholeNumber({ upTo: MOST_CONCURRENCY }),
  },
  {
    flags: '--follow [run]',
    description:
      'with --remote: show a run that was started before, or its report; else the newest',
  },
  {
    flags: '--stop [run]',
    description: 'with --remote: end a run, or the newest one; --resume can go on with it',
  },
];

/** For commands that have no way to go on here. */
export const resumeOption: CommandOption = {
  flags: '--resume',
  description: 'with --remote: go on with what has failed of the newest run',
  defaultValue: false,
};

/** What is wanted of Step Functions. */
export type RemoteWishes = {
  readonly action: 'start' | 'resume' | 'follow' | 'stop';
  /** Of the run to follow or to stop; undefined for the newest. */
  readonly run: string | undefined;
  readonly concurrency: number | undefined;
};

/** Whether a command is to run inside AWS. Throws one sentence where only the options for that were given. */
export const isRemote = (
  { options }: Pick<CommandInvocation, 'options'>,
  onlyRemote: readonly CommandOption[] = remoteOptions,
): boolean => {
  if (options['remote'] === true) return true;
  const useless = onlyRemote.find((option) => isGiven(options[nameOf(option)]));
  if (useless === undefined) return false;
  throw new Error(`--${nameOf(useless)} is for runs inside AWS: give --remote, too.`);
};

/** Reads what is wanted. Throws one sentence where that contradicts itself. */
export const remoteWishesIn = ({ options }: Pick<CommandInvocation, 'options'>): RemoteWishes => {
  const actions = (['resume', 'follow', 'stop'] as const).filter((name) => isGiven(options[name]));
  const [action = 'start', other] = actions;
  if (other !== undefined)
    throw new Error(`--${action} and --${other} are two things: give one of them.`);
  const run = options[action];
  return {
    action,
    run: typeof run === 'string' ? run : undefined,
    concurrency: numberOf(options['concurrency']),
  };
};

/** Throws one sentence about the first of these options that was given: it means nothing inside AWS, for this reason. */
export const refuseLocalOptions = (
  { options }: Pick<CommandInvocation, 'options'>,
  reasons: { readonly [option: string]: string },
): void => {
  for (const [option, reason] of Object.entries(reasons))
    if (isGiven(options[option]))
      throw new Error(`--${option} has no meaning with --remote: ${reason}.`);
};

const isGiven = (value: unknown): boolean => value !== undefined && value !== false;

const nameOf = ({ flags }: CommandOption): string => /^--(\w+)/.exec(flags)?.[1] ?? flags;
