import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { newItem } from '../item.ts';
import { type Random, seededRandom, times } from '../random.ts';
import type { ChangedTable } from './changed-table.ts';
import { marked, note, type Passages } from './passages.ts';

/** How fast changes come, as from many writers who know nothing of each other. */
export interface Load {
  readonly changesPerSecond: number;
  readonly seconds: number;
  /** The least time between two changes. */
  readonly leastGapSeconds?: number;
}

const MOST_FOLLOWED_PER_SECOND = 20;
const TICK_MILLISECONDS = 50;
const POPULATION = 5000; // items that are changed again and again

/**
 * Changes a table for a while, however slow it is to answer, and resolves when the last change is acknowledged. Up to
 * twenty changes a second are followed, each an item of its own by a PutItem of its own.
 */
export const changeTable = async (
  changed: ChangedTable,
  load: Load,
  passages: Passages,
): Promise<void> => {
  const random = seededRandom(load.changesPerSecond);
  const followedPerSecond = Math.min(load.changesPerSecond, MOST_FOLLOWED_PER_SECOND);
  const othersPerSecond = load.changesPerSecond - followedPerSecond;
  const end = performance.now() + load.seconds * 1000;
  await Promise.all([
    putFollowed(
      { changed, passages, random },
      { ...load, changesPerSecond: followedPerSecond },
      end,
    ),
    othersPerSecond > 0 && putOthers(changed, othersPerSecond, end),
  ]);
};

type Following = {
  readonly changed: ChangedTable;
  readonly passages: Passages;
  readonly random: Random;
};

const putFollowed = async (
  following: Following,
  { changesPerSecond, leastGapSeconds = 0 }: Load,
  end: number,
): Promise<void> => {
  const puts: Promise<void>[] = [];
  const meanGap = 1 / changesPerSecond - leastGapSeconds;
  for (;;) {
    // The gaps between events that do not depend on each other are distributed exponentially.
    const gapSeconds = leastGapSeconds - meanGap * Math.log(1 - following.random());
    if (performance.now() + gapSeconds * 1000 > end) break;
    await pause(gapSeconds * 1000);
    puts.push(putOne(following));
  }
  await Promise.all(puts);
};

const putOne = async ({ changed, passages, random }: Following): Promise<void> => {
  const marker = randomUUID(); // one that no earlier change has left in the index
  const item = marked(newItem(random, POPULATION + passages.size, 'small'), marker);
  passages.set(marker, { put: performance.now() });
  await changed.put([item]);
  note(passages, [marker], 'acknowledged');
};

const putOthers = async (
  changed: ChangedTable,
  changesPerSecond: number,
  end: number,
): Promise<void> => {
  const random = seededRandom(changesPerSecond);
  const puts: Promise<void>[] = [];
  const started = performance.now();
  let made = 0; // changes so far
  while (performance.now() < end) {
    await pause(TICK_MILLISECONDS);
    const due = Math.floor(((performance.now() - started) / 1000) * changesPerSecond) - made;
    const first = made;
    made += due;
    puts.push(changed.put(times(due, (at) => newItem(random, (first + at) % POPULATION, 'small'))));
  }
  await Promise.all(puts);
};
