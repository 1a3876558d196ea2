import { type Cleanup, createCleanup } from '../cleanup.ts';
import { times } from '../random.ts';
import { type FollowedTable, followTable } from '../stack/followed-table.ts';
import { changeTable } from '../stack/load.ts';
import type { Passage } from '../stack/passages.ts';
import { openStack, type Stack } from '../stack/stack.ts';
import { watchIndex } from '../stack/watch.ts';
import { type FloorPassage, measureFloor } from './floor.ts';
import { type Pace, POLICIES, type Policy, pacesOf } from './pace.ts';

/** How much is measured. */
export interface FreshnessSettings {
  readonly isQuick: boolean;
  readonly onProgress: (line: string) => void;
}

/** What was measured under one policy at one pace. */
export interface Cell {
  readonly pace: Pace;
  readonly policy: Policy;
  readonly passages: readonly Passage[];
  /** Records that reached the function, over all its invocations. */
  readonly records: number;
  readonly invocations: number;
}

/** What freshness came to. */
export interface FreshnessResult {
  readonly cells: readonly Cell[];
  /** One document of the same size at a time, sent as a ready-made body. */
  readonly floor: ReadonlyMap<Policy, readonly FloorPassage[]>;
}

/** Measures how long a change takes from PutItem to the first search that finds it, through the whole local stack. */
export const benchFreshness = async (
  { isQuick, onProgress }: FreshnessSettings,
  cleanup: Cleanup,
): Promise<FreshnessResult> => {
  onProgress('starting DynamoDB Local and OpenSearch');
  const stack = await openStack(cleanup);
  const cells: Cell[] = [];
  for (const pace of pacesOf(isQuick)) {
    const groups = pace.isSideBySide ? [POLICIES] : POLICIES.map((policy) => [policy]);
    for (const policies of groups) {
      onProgress(`${pace.title}: ${policies.join(', ')}`);
      cells.push(...(await Promise.all(policies.map((policy) => measure(stack, pace, policy)))));
    }
  }
  onProgress('floor');
  return { cells, floor: await measureFloor(stack, isQuick ? 5 : 50) };
};

const measure = async (stack: Stack, pace: Pace, policy: Policy): Promise<Cell> => {
  const cleanup = createCleanup();
  try {
    const tables = await Promise.all(
      times(pace.tables, (at) => follow(stack, { pace, policy, at }, cleanup)),
    );
    await Promise.all(tables.map((table) => followChanges(stack, table, pace)));
    const sum = (count: (table: FollowedTable) => number): number =>
      tables.reduce((total, table) => total + count(table), 0);
    return {
      pace,
      policy,
      passages: tables.flatMap(({ passages }) => [...passages.values()]),
      records: sum(({ mapping }) => mapping.statistics.settled),
      invocations: sum(({ mapping }) => mapping.statistics.invocations),
    };
  } finally {
    await cleanup.run();
  }
};

type Place = { readonly pace: Pace; readonly policy: Policy; readonly at: number };

const WARM_UP = { changesPerSecond: 5, seconds: 2 } as const;
const LONGEST_MILLISECONDS = 20_000; // that a change may take after the last one

const follow = async (
  stack: Stack,
  { pace, policy, at }: Place,
  cleanup: Cleanup,
): Promise<FollowedTable> => {
  const name = `Orders-${pace.kind}-${pace.changesPerSecond}-${policy}-${at}`;
  const table = await followTable(stack, { name, kind: pace.kind, refresh: policy }, cleanup);
  await changeTable(table.changed, WARM_UP, table.passages);
  await table.mapping.drained();
  table.passages.clear();
  return table;
};

const followChanges = async (
  { openSearchUrl }: Stack,
  { changed, table, passages }: FollowedTable,
  pace: Pace,
): Promise<void> => {
  const watch = watchIndex(openSearchUrl, table.index, passages);
  await changeTable(changed, pace, passages);
  await watch.untilAllFound(LONGEST_MILLISECONDS);
  await watch.stop();
};
