import { parseArgs } from 'node:util';
import type { OpenSearchVersion } from '../local/opensearch.ts';

/** What may be said on the command line. */
export interface Options {
  readonly minutes: number;
  readonly versions: readonly OpenSearchVersion[];
  /** Histories that happen at a time, for each version. */
  readonly atATime: number;
  /** One history alone, with the path of a smaller one. */
  readonly one: { readonly seed: number; readonly path: string | undefined } | undefined;
  /** Whether that one restarts its node. */
  readonly isRestarting: boolean;
  readonly archive: string | undefined;
  readonly jsonFile: string | undefined;
  readonly isPublishing: boolean;
}

/** How to call it, for whoever asks or errs. */
export const USAGE = `npm run prove -- [--minutes N] [--opensearch VERSIONS] [--at-a-time N] [--json FILE] [--publish]
npm run prove -- --seed N [--path P] [--restarts] [--opensearch VERSION]

  Has random histories happen, with every fault that we can think of, and sees to it that the index equals
  the table after each.

  --minutes N            how long (60)
  --opensearch VERSIONS  3.8, 2.19 or both (3.8,2.19)
  --at-a-time N          histories at a time, for each version (3), besides one whose node is restarted
  --json FILE            writes what was counted
  --publish              writes what was counted into docs/guarantees.md
  --function ARCHIVE     another function.zip than the one that npm run build makes
  --seed N, --path P     repeats one history, or a smaller one that was found from it
  --restarts             that one has a node of its own, which it restarts
`;

/** Reads the command line; throws one sentence when it cannot be understood. */
export const parseOptions = (commandLine: readonly string[]): Options => {
  const { values } = parseArgs({
    args: [...commandLine],
    options: {
      minutes: { type: 'string', default: '60' },
      opensearch: { type: 'string' },
      'at-a-time': { type: 'string', default: '3' },
      seed: { type: 'string' },
      path: { type: 'string' },
      restarts: { type: 'boolean', default: false },
      function: { type: 'string' },
      json: { type: 'string' },
      publish: { type: 'boolean', default: false },
    },
  });
  const { seed, path } = values;
  if (path !== undefined && seed === undefined) throw new Error('--path needs the --seed it is of');
  return {
    minutes: numberOf('--minutes', values.minutes, DECIMAL),
    versions: versionsOf(values.opensearch ?? (seed === undefined ? '3.8,2.19' : '3.8')),
    atATime: numberOf('--at-a-time', values['at-a-time'], COUNT),
    one: seed === undefined ? undefined : { seed: numberOf('--seed', seed, INTEGER), path },
    isRestarting: values.restarts,
    archive: values.function,
    jsonFile: values.json,
    isPublishing: values.publish,
  };
};

type NumberForm = { readonly form: RegExp; readonly name: string };

const DECIMAL: NumberForm = { form: /^\d+(\.\d+)?$/, name: 'a number' };
const COUNT: NumberForm = { form: /^[1-9]\d*$/, name: 'a whole number from 1 on' };
const INTEGER: NumberForm = { form: /^-?\d+$/, name: 'a whole number' };

const numberOf = (option: string, text: string, { form, name }: NumberForm): number => {
  if (!form.test(text)) throw new Error(`${option} must be ${name}, not ${text}`);
  return Number(text);
};

const VERSIONS: readonly OpenSearchVersion[] = ['3.8', '2.19'];

const versionsOf = (text: string): readonly OpenSearchVersion[] =>
  text.split(',').map((name) => {
    const version = VERSIONS.find((known) => known === name);
    if (version === undefined)
      throw new Error(`--opensearch knows ${VERSIONS.join(' and ')}, not ${name}`);
    return version;
  });
