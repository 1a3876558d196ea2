import { setTimeout as pause } from 'node:timers/promises';
import { grouped } from '../terminal/figures.ts';
import { load } from './load.ts';
import { type LocalSync, startLocalSync } from './local-sync.ts';
import { compareAll, probeAll, searchAll, timeOfDay, watchSizes } from './observation.ts';
import type { Resources } from './resources.ts';
import type { Store } from './store.ts';
import { createTrickle } from './trickle.ts';

const loadingProbePauseMilliseconds = 300;
const probePauseMilliseconds = 2_000;
const compareEverySeconds = 10;

const changesKept = 10;

/** What is to be shown, and where. */
export interface Demonstration {
  readonly resources: Resources;
  readonly store: Store;
  /** Whether it ends with the first comparison and not only when it is interrupted. */
  readonly isOnce: boolean;
}

/** Runs the demonstration; with `isOnce`, resolves with whether each index equals its table. */
export const demonstrate = async ({
  resources,
  store,
  isOnce,
}: Demonstration): Promise<boolean> => {
  const sync = await startLocalSync(resources, store);
  return Promise.race([watchSizes(sync), isOnce ? fill(sync) : fillAndChange(sync)]);
};

const fillAndChange = async (sync: LocalSync): Promise<never> => {
  await fill(sync);
  return Promise.race([changeForever(sync), observeForever(sync)]);
};

/** Loads the tables while the function follows, and compares when it has caught up. */
const fill = async (sync: LocalSync): Promise<boolean> => {
  const { tables, store } = sync;
  const sizes = tables.map(
    ({ sample }) => `${grouped(sample.items.length)} ${sample.name.toLowerCase()}`,
  );
  store.update({ activity: `writing ${sizes.join(' and ')}, while the function follows` });
  let isLoading = true;
  const loaded = loadAll(sync).finally(() => {
    isLoading = false;
  });
  const probeMeanwhile = async () => {
    for (; isLoading; await pause(loadingProbePauseMilliseconds)) await probeAll(sync);
  };
  await Promise.all([loaded, probeMeanwhile()]);
  store.update({ activity: 'comparing every item with its document' });
  const isEqual = await compareAll(sync);
  await searchAll(sync);
  return isEqual;
};

/** Resolves when everything is written and the function has taken all of it. */
const loadAll = async ({ tables, sides }: LocalSync): Promise<void> => {
  await Promise.all(tables.map(({ sample }) => load(sides.dynamodb, sample)));
  await Promise.all(tables.map(({ mapping }) => mapping.drained()));
};

const observeForever = async (sync: LocalSync): Promise<never> => {
  // How far a search lags behind a bulk load is another question.
  for (const { latencies } of sync.tables) latencies.clear();
  let comparedAt = performance.now();
  for (;;) {
    await probeAll(sync);
    await pause(probePauseMilliseconds);
    if (performance.now() - comparedAt < compareEverySeconds * 1000) continue;
    await compareAll(sync);
    await searchAll(sync);
    comparedAt = performance.now();
  }
};

const changeForever = async ({ tables, sides, store }: LocalSync): Promise<never> => {
  const trickles = tables.map(({ sample }) => createTrickle(sides.dynamodb, sample));
  for (;;) {
    await pause(300 + Math.random() * 1_500);
    const change = await trickles[Math.floor(Math.random() * trickles.length)]?.();
    if (change === undefined) continue;
    const changes = [{ ...change, time: timeOfDay() }, ...store.view().changes];
    store.update({ changes: changes.slice(0, changesKept) });
  }
};
