import fc from 'fast-check';
import { decimals, plain } from '../support/arbitraries.ts';
import type { History, KeyType, MappingShape, TableShape } from './history.ts';
import { KEYS } from './keys.ts';
import type { Content, Event, Step, Write } from './step.ts';
import { LETTER_FAULTS, PARAMETER_FAULTS, READ_FAULTS } from './weather/aws-faults.ts';
import { OPENSEARCH_FAULTS, OPERATOR_FAULTS } from './weather/open-search-faults.ts';
import type { Weather } from './weather/weather.ts';

/** How much happens in a history, and what may. */
export type HistorySize = {
  readonly steps: number;
  /** Whether the node is one's own, so that it may be restarted. */
  readonly mayRestart: boolean;
};

/** Histories of that size. */
export const histories = ({ steps, mayRestart }: HistorySize): fc.Arbitrary<History> =>
  fc.record({
    tables: fc.array(tableShapes, { minLength: 1, maxLength: 2 }),
    weather,
    duplicates: fc.array(fc.constantFrom(0, 0, 0, 1, 1, 2, 3), { maxLength: 30 }),
    concurrency: fc.integer({ min: 1, max: 2 }),
    refresh: fc.constantFrom('false', 'auto'),
    steps: fc.array(stepsWith(mayRestart), { minLength: Math.floor(steps / 2), maxLength: steps }),
  });

const keyTypes = fc.constantFrom<KeyType>('S', 'N', 'B');

const mappingShapes: fc.Arbitrary<MappingShape> = fc.record({
  batchSize: fc.constantFrom(1, 2, 3, 5, 10, 40),
  parallelizationFactor: fc.constantFrom(1, 1, 2, 4),
  bisectBatchOnFunctionError: fc.boolean(),
  maximumRetryAttempts: fc.constantFrom(-1, -1, -1, 1, 3),
  undocumented: fc.record({
    concurrencyKey: fc.constantFrom('partitionKey', 'item'),
    pausedByRetry: fc.constantFrom('lane', 'shard'),
    afterPartialFailure: fc.constantFrom('retryRest', 'newBatch'),
    firstRecordReported: fc.constantFrom('bisect', 'retry'),
    bisectedLonger: fc.constantFrom('second', 'first'),
  }),
});

const tableShapes: fc.Arbitrary<TableShape> = fc.record({
  keyTypes: fc.oneof(fc.tuple(keyTypes), fc.tuple(keyTypes, keyTypes)),
  viewType: fc.constantFrom(
    'NEW_AND_OLD_IMAGES',
    'NEW_AND_OLD_IMAGES',
    'NEW_IMAGE',
    'KEYS_ONLY',
    'OLD_IMAGE',
  ),
  index: fc.constantFrom('own', 'own', 'alias'),
  hasWhere: fc.boolean(),
  mapping: mappingShapes,
});

/** Faults of one kind, with as much fine weather between them. */
const front = <Fault extends string>(
  faults: Readonly<Record<Fault, unknown>>,
  maxLength: number,
): fc.Arbitrary<(Fault | 'fine')[]> =>
  fc.array(
    fc.oneof(
      { weight: 1, arbitrary: fc.constant<'fine'>('fine') },
      { weight: 1, arbitrary: fc.constantFrom(...namesOf(faults)) },
    ),
    { maxLength },
  );

const namesOf = <Name extends string>(record: Readonly<Record<Name, unknown>>): Name[] => {
  const isName = (name: string): name is Name => name in record;
  return Object.keys(record).filter(isName);
};

const weather: fc.Arbitrary<Weather> = fc.record({
  openSearch: front(OPENSEARCH_FAULTS, 40),
  letters: front(LETTER_FAULTS, 8),
  parameter: front(PARAMETER_FAULTS, 4),
  reads: front(READ_FAULTS, 10),
  operators: front(OPERATOR_FAULTS, 10),
});

const contents: fc.Arbitrary<Content> = fc.record({
  isOpen: fc.constantFrom(true, true, false),
  poison: fc.constantFrom('none', 'none', 'none', 'none', 'none', 'conflict', 'name'),
  text: fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.toWellFormed()),
  number: decimals.map(plain),
});

const tables = fc.nat({ max: 1 });
const keys = fc.nat({ max: KEYS - 1 });
const contentsOrNone = fc.option(contents, { freq: 3 });

const writes: fc.Arbitrary<Write> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('put', 'put', 'update', 'recreate'),
      table: tables,
      key: keys,
      content: contents,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('delete', 'expire'), table: tables, key: keys }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('burst'),
      table: tables,
      key: keys,
      contents: fc.array(contentsOrNone, { minLength: 2, maxLength: 8 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('transact'),
      table: tables,
      changes: fc.uniqueArray(fc.record({ key: keys, content: contentsOrNone }), {
        minLength: 1,
        maxLength: 4,
        selector: ({ key }) => key,
      }),
    }),
  },
);

const events = (mayRestart: boolean): fc.Arbitrary<Event> =>
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc.record({
        kind: fc.constant('pause'),
        milliseconds: fc.integer({ min: 20, max: 500 }),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('clock'),
        seconds: fc.integer({ min: -4, max: 4 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom('split', 'close'),
        table: tables,
        shard: fc.nat({ max: 7 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constantFrom('unreadable', 'follow anew', 'delete index'),
        table: tables,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('kill'), afterMilliseconds: fc.nat({ max: 300 }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('block'),
        table: tables,
        milliseconds: fc.integer({ min: 50, max: 1500 }),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('release') }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('operate'),
        table: tables,
        command: fc.constantFrom('backfill', 'verify --repair', 'replay'),
      }),
    },
    {
      weight: mayRestart ? 1 : 0,
      arbitrary: fc.record({
        kind: fc.constant('restart node'),
        how: fc.constantFrom('stopped', 'killed'),
      }),
    },
  );

const stepsWith = (mayRestart: boolean): fc.Arbitrary<Step> =>
  fc.oneof({ weight: 3, arbitrary: writes }, { weight: 1, arbitrary: events(mayRestart) });
