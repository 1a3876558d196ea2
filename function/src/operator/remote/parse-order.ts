import type { Configuration } from '../../configuration/configuration.ts';
import { type Place, placeIn, readChoice, readFields } from '../../configuration/problems.ts';
import type { Fields } from '../../core/json-value.ts';
import { MOST_SEGMENTS } from '../backfill/segments.ts';
import { LONGEST_DELAY_SECONDS, MOST_CONCURRENCY, MOST_PERCENT, type Order } from './order.ts';
import {
  type Read,
  readFlag,
  readMoment,
  readPositive,
  readTables,
  readWhole,
} from './order-fields.ts';

/** An order that cannot be carried out; the message lists every problem with its place. */
export class InvalidOrder extends Error {
  override readonly name = 'InvalidOrder';

  constructor(problems: readonly string[]) {
    super(`The order cannot be carried out:\n${problems.map((text) => `- ${text}`).join('\n')}`);
  }
}

/** Checks an order; a field that is null is one that is not there. @throws InvalidOrder with every problem there is */
export const parseOrder = (value: unknown, configuration: Pick<Configuration, 'tables'>): Order => {
  const problems: string[] = [];
  const order = readOrder(placeIn(problems, 'order'), value, [...configuration.tables.keys()]);
  if (order === undefined || problems.length > 0) throw new InvalidOrder(problems);
  return order;
};

const COMMON_FIELDS = ['command', 'tables', 'segments', 'concurrency'];
const OWN_FIELDS = {
  backfill: ['rate'],
  verify: ['repair', 'sample', 'delay_seconds'],
  replay: ['since', 'dry_run'],
};
const COMMANDS = ['backfill', 'verify', 'replay'] as const;

const readOrder = (place: Place, value: unknown, tables: readonly string[]): Order | undefined => {
  const command = readChoice(place.at('command'), Object(value).command, COMMANDS);
  const own = command === undefined ? Object.values(OWN_FIELDS).flat() : OWN_FIELDS[command];
  const fields = readFields(place, value, [...COMMON_FIELDS, ...own]);
  if (fields === undefined || command === undefined) return undefined;
  const read = readerOf(place, fields);
  const common = {
    tables: read('tables', readTables(tables)),
    segments: read('segments', readWhole(MOST_SEGMENTS)),
    concurrency: read('concurrency', readWhole(MOST_CONCURRENCY)),
  };
  switch (command) {
    case 'backfill':
      return { command, ...common, rate: read('rate', readPositive()) };
    case 'verify':
      return {
        command,
        ...common,
        repair: read('repair', readFlag),
        sample: read('sample', readPositive(MOST_PERCENT)),
        delay_seconds: read('delay_seconds', readPositive(LONGEST_DELAY_SECONDS)),
      };
    case 'replay':
      return {
        command,
        ...common,
        since: read('since', readMoment),
        dry_run: read('dry_run', readFlag),
      };
  }
};

/** Reads fields that may be left out. */
const readerOf =
  (place: Place, fields: Fields) =>
  <Value>(name: string, read: Read<Value>): Value | undefined => {
    const { [name]: field } = fields;
    return field === undefined || field === null ? undefined : read(place.at(name), field);
  };
