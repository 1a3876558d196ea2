import type { TableKind } from '../stack/changed-table.ts';
import type { Load } from '../stack/load.ts';

/** How often tables are changed. */
export interface Pace extends Load {
  readonly title: string;
  readonly kind: TableKind;
  /** How many tables are followed at the same time, each by a function of its own, so that a slow pace takes no hours. */
  readonly tables: number;
  /** Whether those of all policies are: what is slow disturbs nobody. */
  readonly isSideBySide: boolean;
}

/** The values of `refresh`. */
export const POLICIES = ['auto', 'true', 'wait_for', 'false'] as const;
export type Policy = (typeof POLICIES)[number];

const quiet = {
  title: 'quiet',
  changesPerSecond: 0.5,
  leastGapSeconds: 1.5,
  kind: 'dynamodb',
  isSideBySide: true,
} as const;

const onDynamoDB = (changesPerSecond: number): Omit<Pace, 'tables' | 'seconds'> => ({
  title: `${changesPerSecond}/s`,
  changesPerSecond,
  kind: 'dynamodb',
  isSideBySide: changesPerSecond === 1,
});

const inMemory = (changesPerSecond: number): Omit<Pace, 'tables' | 'seconds'> => ({
  ...onDynamoDB(changesPerSecond),
  title: `${changesPerSecond}/s*`,
  kind: 'memory',
});

/** DynamoDB Local with a stream takes some hundred changes a second: the fastest pace has a stream in memory, and so has another one, to compare. */
export const pacesOf = (isQuick: boolean): readonly Pace[] =>
  isQuick
    ? [
        { ...quiet, tables: 1, seconds: 6 },
        { ...onDynamoDB(10), tables: 1, seconds: 3 },
        { ...inMemory(1000), tables: 1, seconds: 3 },
      ]
    : [
        { ...quiet, tables: 3, seconds: 80 },
        { ...onDynamoDB(1), tables: 2, seconds: 60 },
        { ...onDynamoDB(10), tables: 1, seconds: 20 },
        { ...onDynamoDB(100), tables: 1, seconds: 20 },
        { ...inMemory(100), tables: 1, seconds: 20 },
        { ...inMemory(1000), tables: 1, seconds: 20 },
      ];
