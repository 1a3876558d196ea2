import { act } from './act.ts';
import { expectConvergence } from './convergence.ts';
import { heal } from './heal.ts';
import type { History } from './history.ts';
import { newScene, type Scene } from './scene.ts';
import type { Site } from './site.ts';
import type { Tally } from './tally.ts';
import { openWorld, type World } from './world.ts';

/** A history after which the index was not what it should be. */
export class Divergence extends Error {
  override readonly name = 'Divergence';
}

/**
 * Has a history happen in a world of its own, lets everything go well again, and sees to it that the
 * index equals the table. @throws Divergence with a timeline one can read
 */
export const runHistory = async (history: History, site: Site, tally: Tally): Promise<void> => {
  const world = await openWorld(history, site, tally);
  const scene = newScene(world);
  try {
    await live(history, scene);
    await heal(scene);
    await expectConvergence(world);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Divergence(`${reason}\n\nWhat happened:\n${world.setting.timeline.text()}\n`, {
      cause: error,
    });
  } finally {
    countWhatHappened(world, tally);
    await world.stop();
  }
};

const live = async ({ past, steps }: History, scene: Scene): Promise<void> => {
  const { clock } = scene.world.setting;
  clock.setAhead(-past.secondsAgo);
  for (const write of past.writes) await act(write, scene);
  clock.setAhead(0);
  for (const step of steps) await act(step, scene);
};

const countWhatHappened = ({ tables, setting }: World, { count }: Tally): void => {
  count('work', 'histories');
  count('work', 'cold starts', setting.fleet.coldStarts());
  for (const { totals, invocations } of tables) {
    count('fault', 'bisected batch', totals().bisections);
    for (const [metric, times] of invocations.account.counts) count('outcome', metric, times);
  }
};
