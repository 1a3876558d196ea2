import { setTimeout as sleep } from 'node:timers/promises';
import { type Scene, setReadOnly } from './act.ts';

const LONGEST_DRAIN_MILLISECONDS = 60_000;

/**
 * Lets everything go well again: what was begun ends, the stream is drained, what was late arrives, a
 * deleted index is filled, and what lies in the dead letters for a passing reason is replayed.
 */
export const heal = async (scene: Scene): Promise<void> => {
  const { world, underWay, deletedIndexes } = scene;
  const { surroundings, timeline } = world.setting;
  timeline.note('world', 'from now on nothing goes wrong');
  surroundings.clear();
  await Promise.all(underWay);
  for (const table of world.tables) await setReadOnly(table, null, world);
  await Promise.race([
    Promise.all(world.tables.map((table) => table.drained())),
    sleep(LONGEST_DRAIN_MILLISECONDS, undefined, { ref: false }).then(() => {
      throw new Error(`the stream was not drained within ${LONGEST_DRAIN_MILLISECONDS} ms`);
    }),
  ]);
  timeline.note('world', 'the stream is drained');
  await surroundings.release();
  for (const { name } of deletedIndexes) await world.operators.backfill(name);
  const { settled, refused } = await world.operators.replay();
  timeline.note('operator', `replay settles ${settled} letters, ${refused} are refused again`);
};
