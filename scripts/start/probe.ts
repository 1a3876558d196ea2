import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Sides } from './equality.ts';
import type { SampleTable } from './sample-table.ts';

const giveUpSeconds = 30;

/**
 * Seconds from the call of PutItem until a search finds what was put; after half a minute without a hit, that half minute.
 *
 * It asks as a user does, by a search for a word and not by the document's id: that would read a write before it is visible.
 */
export const probe = async (
  { dynamodb, openSearch }: Sides,
  table: SampleTable,
): Promise<number> => {
  const marker = randomUUID();
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  await dynamodb.put(table.name, table.probe(marker));
  while (!(await openSearch.finds(table.index, 'marker', marker))) {
    if (seconds() > giveUpSeconds) return giveUpSeconds;
    await pause(pauseMilliseconds(seconds()));
  }
  return seconds();
};

// What is found late is not found later for it than by a twentieth, and a busy server is not asked a hundred times a second.
const pauseMilliseconds = (secondsWaited: number): number => Math.max(10, secondsWaited * 50);
