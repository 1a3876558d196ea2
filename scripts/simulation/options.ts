import { parseArgs } from 'node:util';
import { MANNERS, type MannerName } from './manners.ts';
import { TRIAL_NAMES, type TrialName } from './trials.ts';

/** What may be said on the command line. */
export interface Options {
  readonly trials: readonly TrialName[];
  readonly manners: readonly MannerName[];
  /** Shards of the stream. */
  readonly shards: number;
  /** How long to wait for the backlog to drain, in seconds. */
  readonly patience: number;
  /** Where to write every second of every course, as JSON. */
  readonly jsonFile: string | undefined;
  /** Where to draw what was written over time. */
  readonly svgFile: string | undefined;
}

/** How to call it, for whoever asks or errs. */
export const USAGE = `npm run simulate -- [${TRIAL_NAMES.join('|')}]… [options]

  Without a name, all trials.
  --manner NAME  how the function waits and sizes its pages, one or several (ours):
                 ${Object.keys(MANNERS).join(', ')}
  --shards N     shards of the stream (1000)
  --patience N   seconds to wait for the backlog to drain (1800)
  --json FILE    writes every second of every course
  --svg FILE     draws what was written over time
`;

/** Reads the command line; throws one sentence when it cannot be understood. */
export const parseOptions = (commandLine: readonly string[]): Options => {
  const { values, positionals } = parseArgs({
    args: [...commandLine],
    allowPositionals: true,
    options: {
      manner: { type: 'string', multiple: true, default: ['ours'] },
      shards: { type: 'string', default: '1000' },
      patience: { type: 'string', default: '1800' },
      json: { type: 'string' },
      svg: { type: 'string' },
    },
  });
  return {
    trials: positionals.length === 0 ? TRIAL_NAMES : positionals.map(trialNamed),
    manners: values.manner.map(mannerNamed),
    shards: wholeNumber('--shards', values.shards),
    patience: wholeNumber('--patience', values.patience),
    jsonFile: values.json,
    svgFile: values.svg,
  };
};

const trialNamed = (text: string): TrialName => {
  const name = TRIAL_NAMES.find((known) => known === text);
  if (name === undefined) throw new Error(`There is no trial "${text}": ${TRIAL_NAMES.join(', ')}`);
  return name;
};

const isManner = (text: string): text is MannerName => Object.hasOwn(MANNERS, text);

const mannerNamed = (text: string): MannerName => {
  if (isManner(text)) return text;
  throw new Error(`There is no manner "${text}": ${Object.keys(MANNERS).join(', ')}`);
};

const wholeNumber = (option: string, text: string): number => {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new Error(`${option} must be a whole number from 1, not ${text}`);
};
