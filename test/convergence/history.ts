import type { UndocumentedBehaviour } from '../../scripts/local/event-source-mapping/undocumented.ts';
import { type Step, stepText, type Write } from './step.ts';
import type { Weather } from './weather/weather.ts';

/** What happens to some tables and to everything between them and their indexes: data, carried out by a world. */
export type History = {
  readonly tables: readonly TableShape[];
  readonly weather: Weather;
  /** How many of the last batches of a lane are delivered once more after each one that was taken; 0 for none. */
  readonly duplicates: readonly number[];
  /** How many invocations run at a time. */
  readonly concurrency: number;
  readonly refresh: 'auto' | 'false';
  /** What was written before anything else, and how long before. */
  readonly past: { readonly secondsAgo: number; readonly writes: readonly Write[] };
  readonly steps: readonly Step[];
};

/** A history as somebody reads it, a line a step. */
export const historyText = ({ steps, past, ...circumstances }: History): string =>
  [
    ...Object.entries(circumstances).map(([name, value]) => `${name}: ${JSON.stringify(value)}`),
    `${past.secondsAgo} seconds ago:`,
    ...past.writes.map((write) => `  ${stepText(write)}`),
    'then:',
    ...steps.map((step) => `  ${stepText(step)}`),
  ].join('\n');

/** A type that a key attribute can have. */
export type KeyType = 'S' | 'N' | 'B';

/** A table, and how it is followed. */
export type TableShape = {
  /** Of the partition key, and of the sort key if there is one. */
  readonly keyTypes: readonly [KeyType] | readonly [KeyType, KeyType];
  readonly viewType: 'NEW_AND_OLD_IMAGES' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'KEYS_ONLY';
  /** Whether the index is one that the function makes, or an alias that stands before one. */
  readonly index: 'own' | 'alias';
  /** Whether only items whose `status` is open have documents. */
  readonly hasWhere: boolean;
  readonly mapping: MappingShape;
};

/** The settings of an event source mapping, and what AWS leaves open about it. */
export type MappingShape = {
  readonly batchSize: number;
  readonly parallelizationFactor: number;
  readonly bisectBatchOnFunctionError: boolean;
  /** −1: without end. */
  readonly maximumRetryAttempts: number;
  readonly undocumented: Partial<UndocumentedBehaviour>;
};
