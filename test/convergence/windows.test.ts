import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { askOpenSearch } from '../support/ask-opensearch.ts';
import { aHistory, someContent } from './a-history.ts';
import { act } from './act.ts';
import { expectConvergence } from './convergence.ts';
import type { FollowedTable } from './followed-table.ts';
import { newScene, type Scene } from './scene.ts';
import type { Step } from './step.ts';
import { newTally } from './tally.ts';
import { testSites } from './test-sites.ts';
import { openWorld, type World } from './world.ts';

const siteOf = testSites('3.8');

const put: Step = { kind: 'put', table: 0, key: 1, content: someContent };
const remove: Step = { kind: 'delete', table: 0, key: 1 };

const LATE = aHistory({
  weather: {
    ...aHistory().weather,
    openSearch: ['applied after the function gave up'],
  },
});

/** What happens before the stream is drained, and between that and the arrival of what is late. */
type Course = {
  readonly first: (scene: Scene) => Promise<void>;
  readonly afterwards?: (world: World) => Promise<void>;
  readonly beforeRepair?: (world: World) => Promise<void>;
};

/** Has the first write come late. */
const withLateWrite = async (
  { first, afterwards }: Course,
  then: (world: World, table: FollowedTable) => Promise<void>,
): Promise<void> => {
  const world = await openWorld(LATE, siteOf('3.8'), newTally());
  try {
    const [table] = world.tables;
    if (table === undefined) throw new Error('there is no table');
    await first(newScene(world));
    await table.drained();
    await afterwards?.(world);
    await expectConvergence(world);
    await world.setting.surroundings.release('all');
    await then(world, table);
  } finally {
    await world.stop();
  }
};

/** The index differs from the table after it has arrived, and not any more after a repair. */
const expectHealedDivergence = (course: Course): Promise<void> =>
  withLateWrite(course, async (world, { name, index }) => {
    await expect(expectConvergence(world)).rejects.toThrow(`the index ${index} equals its table`);
    await course.beforeRepair?.(world);
    expect(await world.operators.verify(name, { isRepairing: true })).toHaveLength(1);
    await expectConvergence(world);
  });

/** It changes nothing. */
const expectNoHarm = (course: Course): Promise<void> => withLateWrite(course, expectConvergence);

const change = (world: World, path: string, body?: object): Promise<unknown> =>
  askOpenSearch(
    world.setting.site.node.url,
    body ? 'PUT' : 'POST',
    `/${world.setting.name}-0/${path}`,
    body,
  );

const caughtUp: Step = { kind: 'catch up', table: 0, milliseconds: 60_000 };

describe.concurrent('a write that OpenSearch applies only after the function gave up on it brings an old state back, which `verify --repair` finds and heals, where it comes later than', () => {
  test(
    'a newer change of the same second',
    () =>
      expectHealedDivergence({
        first: async (scene) => {
          scene.world.setting.clock.stop();
          await act(put, scene);
          await act(put, scene);
        },
      }),
    120_000,
  );

  test(
    'a deletion that the index has forgotten because `gc_deletes` is over',
    () =>
      expectHealedDivergence({
        first: async (scene) => {
          await act(put, scene);
          await act(caughtUp, scene);
          await act(remove, scene);
        },
        afterwards: async (world) => {
          await change(world, '_settings', { 'index.gc_deletes': '100ms' });
          await sleep(500);
          await change(world, '_refresh');
        },
        beforeRepair: async (world) =>
          void (await change(world, '_settings', { 'index.gc_deletes': null })),
      }),
    120_000,
  );

  test(
    'a deletion that the index has forgotten because its shard was started anew',
    () =>
      expectHealedDivergence({
        first: async (scene) => {
          await act(put, scene);
          await act(caughtUp, scene);
          await act(remove, scene);
        },
        afterwards: async (world) => {
          await change(world, '_close');
          await change(world, '_open?wait_for_active_shards=1');
        },
      }),
    120_000,
  );
});

describe.concurrent('it does no harm where it comes later than', () => {
  test(
    'a newer change of another second, or its deletion',
    () =>
      expectNoHarm({
        first: async (scene) => {
          await act(put, scene);
          await act(caughtUp, scene);
          await act({ kind: 'clock', seconds: 5 }, scene);
          await act(remove, scene);
        },
      }),
    120_000,
  );

  test(
    'a newer change that a clock which stepped back has dated before it',
    () =>
      expectNoHarm({
        first: async (scene) => {
          await act({ kind: 'clock', seconds: 20 }, scene);
          await act(put, scene);
          await act({ kind: 'clock', seconds: 0 }, scene);
          await act(put, scene);
        },
      }),
    120_000,
  );
});
