import { setTimeout as sleep } from 'node:timers/promises';
import { setReadOnly } from './administer.ts';
import type { Scene } from './scene.ts';

const LONGEST_STANDSTILL_MILLISECONDS = 240_000;

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
  await drained(scene);
  timeline.note('world', 'the stream is drained');
  await surroundings.release();
  for (const { name } of deletedIndexes) await world.operators.backfill(name);
  const { settled, refused } = await world.operators.replay();
  timeline.note('operator', `replay settles ${settled} letters, ${refused} are refused again`);
};

/** Waits until the streams are drained. @throws Error when nothing at all has been settled for long */
const drained = async ({ world: { tables } }: Scene): Promise<void> => {
  const done = () =>
    tables.reduce((sum, { totals }) => sum + totals().settled + totals().discarded, 0);
  const ended = Promise.all(tables.map((table) => table.drained())).then(() => true);
  for (let before = -1; done() > before; ) {
    before = done();
    const standstill = sleep(LONGEST_STANDSTILL_MILLISECONDS, false, { ref: false });
    if (await Promise.race([ended, standstill])) return;
  }
  throw new Error(`nothing was settled for ${LONGEST_STANDSTILL_MILLISECONDS} ms`);
};
