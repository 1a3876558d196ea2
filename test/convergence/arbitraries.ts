import fc from 'fast-check';
import type { History, KeyType, MappingShape, TableShape } from './history.ts';
import { stepsWith, writes } from './step-arbitraries.ts';
import { LETTER_FAULTS, PARAMETER_FAULTS, READ_FAULTS } from './weather/aws-faults.ts';
import { OPENSEARCH_FAULTS, OPERATOR_FAULTS } from './weather/open-search-faults.ts';
import type { Weather } from './weather/weather.ts';

const STEPS = 60;

/** Histories; a node that is one's own may be restarted in them. */
export const histories = (mayRestart: boolean): fc.Arbitrary<History> =>
  fc.record({
    tables: fc.array(tableShapes, { minLength: 1, maxLength: 2 }),
    weather,
    duplicates: fc.array(fc.constantFrom(0, 0, 0, 1, 1, 2, 3), { maxLength: 30 }),
    concurrency: fc.integer({ min: 1, max: 2 }),
    refresh: fc.constantFrom('false', 'auto'),
    past: fc.record({
      secondsAgo: fc.constantFrom(0, 90, 300),
      writes: fc.array(writes, { maxLength: 8 }),
    }),
    steps: fc.array(stepsWith(mayRestart), {
      minLength: STEPS / 2,
      maxLength: STEPS,
      size: 'max',
    }),
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
  faults: readonly Fault[],
  maxLength: number,
): fc.Arbitrary<(Fault | 'fine')[]> =>
  fc.array(fc.oneof(fc.constant<'fine'>('fine'), fc.constantFrom(...faults)), {
    maxLength,
    size: 'max',
  });

const namesOf = <Name extends string>(record: Readonly<Record<Name, unknown>>): Name[] => {
  const isName = (name: string): name is Name => name in record;
  return Object.keys(record).filter(isName);
};

// As often as three others: it is what versions are for.
const late = Array.from({ length: 3 }, () => 'applied after the function gave up' as const);

const weather: fc.Arbitrary<Weather> = fc.record({
  openSearch: front([...namesOf(OPENSEARCH_FAULTS), ...late], 24),
  letters: front(namesOf(LETTER_FAULTS), 8),
  parameter: front(namesOf(PARAMETER_FAULTS), 4),
  reads: front(namesOf(READ_FAULTS), 10),
  operators: front(namesOf(OPERATOR_FAULTS), 10),
});
