import { setTimeout as sleep } from 'node:timers/promises';
import { askOpenSearch } from '../support/ask-opensearch.ts';
import type { FollowedTable } from './followed-table.ts';
import { type Scene, tableOf } from './scene.ts';
import type { Event } from './step.ts';
import type { World } from './world.ts';

/** Makes an index read-only for a while. */
export const block = async (
  event: Extract<Event, { kind: 'block' }>,
  world: World,
): Promise<void> => {
  const table = tableOf(world, event);
  await setReadOnly(table, true, world);
  await sleep(event.milliseconds);
  await setReadOnly(table, null, world);
};

/** Makes an index read-only, or not so any more; where there is none, or no node, nothing happens. */
export const setReadOnly = async (
  { index }: FollowedTable,
  isReadOnly: true | null,
  { setting }: World,
): Promise<void> => {
  const change = { method: 'PUT', headers: { 'content-type': 'application/json' } };
  const body = JSON.stringify({ 'index.blocks.write': isReadOnly });
  await fetch(`${setting.site.node.url}/${index}/_settings`, { ...change, body }).catch(
    () => undefined,
  );
};

// A repair or a backfill that is under way while the index goes, or forgets deletions, may bring back what was deleted: see
// docs/guarantees.md. So these wait for the operators, as whoever does it in earnest should.

/** Deletes a table's index, if it is one that the function makes. */
export const deleteIndex = async (table: FollowedTable, scene: Scene): Promise<void> => {
  const { surroundings, site, tally } = scene.world.setting;
  // Behind an alias is an index that somebody else has made, and so would have to make again.
  if (table.shape.index === 'alias') return;
  await Promise.all(scene.underWay);
  tally.count('fault', 'index deleted');
  scene.deletedIndexes.add(table);
  surroundings.forgetDeletions();
  await askOpenSearch(site.node.url, 'DELETE', `/${table.index}?ignore_unavailable=true`);
  surroundings.forgetDeletions();
};

/** Restarts the node, where it is one's own. */
export const restartNode = async (how: 'stopped' | 'killed', scene: Scene): Promise<void> => {
  const { surroundings, site, tally } = scene.world.setting;
  if (site.node.restart === undefined) return;
  await Promise.all(scene.underWay);
  surroundings.forgetDeletions();
  tally.count('fault', `node ${how} and started again`);
  await site.node.restart(how);
};
