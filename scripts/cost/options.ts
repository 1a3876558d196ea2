import { parseArgs } from 'node:util';
import type { Plan } from './plan.ts';
import { PRICES } from './prices.ts';

/** What may be said on the command line. */
export interface Options {
  readonly plan: Plan;
  readonly isJson: boolean;
}

/** How to call it, for whoever asks or errs. */
export const USAGE = `npm run cost -- --changes-per-day N [options]

  --changes-per-day N  changes of all tables together
  --item-size N        bytes of an item (400)
  --tables N           tables (1)
  --shards N           shards of each table's stream: its partitions, 4 of a new table on demand (4)
  --active-hours N     hours of a day in which they come, evenly (24)
  --batch-size N       as in modules/sync (500)
  --window N           batching_window_seconds, as in modules/sync (0)
  --memory N           memory_mb, as in modules/sync (512)
  --architecture NAME  arm64 or x86_64 (arm64)
  --items N            items of all tables, to have them verified every night (0: not)
  --region NAME        ${Object.keys(PRICES).join(', ')}: scripts/cost/prices.ts has no others
  --json               for machines
  --help               this text
`;

/** Reads the command line; undefined where help is wanted. Throws one sentence when it cannot be understood. */
export const parseOptions = (commandLine: readonly string[]): Options | undefined => {
  const { values } = parseArgs({ args: [...commandLine], options: OPTIONS });
  const { architecture, region, json, help } = values;
  if (help) return undefined;
  if (values['changes-per-day'] === undefined)
    throw new Error('Say how much there is to do: --changes-per-day 1000000');
  if (architecture !== 'arm64' && architecture !== 'x86_64')
    throw new Error(`--architecture must be arm64 or x86_64, not ${architecture}`);
  if (!Object.hasOwn(PRICES, region)) {
    const known = Object.keys(PRICES).join(', ');
    throw new Error(
      `There are no prices for --region ${region}, only for ${known}: add its own to scripts/cost/prices.ts`,
    );
  }
  const number = (option: keyof typeof RANGES) => numberOf(option, values[option]);
  const plan = {
    region,
    architecture,
    changesPerDay: number('changes-per-day'),
    itemKilobytes: number('item-size') / 1000,
    tables: number('tables'),
    shards: number('shards'),
    activeHours: number('active-hours'),
    batchSize: number('batch-size'),
    windowSeconds: number('window'),
    memoryMegabytes: number('memory'),
    items: number('items'),
  } as const;
  return { plan, isJson: json };
};

const OPTIONS = {
  'changes-per-day': { type: 'string' },
  'item-size': { type: 'string', default: '400' },
  tables: { type: 'string', default: '1' },
  shards: { type: 'string', default: '4' },
  'active-hours': { type: 'string', default: '24' },
  'batch-size': { type: 'string', default: '500' },
  window: { type: 'string', default: '0' },
  memory: { type: 'string', default: '512' },
  architecture: { type: 'string', default: 'arm64' },
  items: { type: 'string', default: '0' },
  region: { type: 'string', default: 'us-east-1' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** From, to: what DynamoDB and Lambda allow, and what anybody could mean. */
const RANGES = {
  'changes-per-day': [0, 1e12],
  'item-size': [1, 400 * 1024],
  tables: [1, 1000],
  shards: [1, 100_000],
  'active-hours': [1, 24],
  'batch-size': [1, 10_000],
  window: [0, 300],
  memory: [128, 10_240],
  items: [0, 1e12],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;

const numberOf = (option: keyof typeof RANGES, text = ''): number => {
  const [least, most] = RANGES[option];
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new Error(`--${option} must be a whole number from ${least} to ${most}, not "${text}"`);
};
