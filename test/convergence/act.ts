import { setTimeout as sleep } from 'node:timers/promises';
import { askOpenSearch } from '../support/ask-opensearch.ts';
import type { FollowedTable } from './followed-table.ts';
import type { Event, Step } from './step.ts';
import type { World } from './world.ts';

/** A world in which something happens: what was begun and is not over, and what cannot be undone. */
export type Scene = {
  readonly world: World;
  /** Operator commands that run, and what ends by itself after a while. */
  readonly underWay: Set<Promise<void>>;
  /** Indexes that were deleted: what is not written again must be filled in. */
  readonly deletedIndexes: Set<FollowedTable>;
};

/** Has a step happen; what it begins may go on. */
export const act = async (step: Step, scene: Scene): Promise<void> => {
  const { world } = scene;
  const { tally, timeline } = world.setting;
  tally.count('step', step.kind);
  switch (step.kind) {
    case 'put':
    case 'update':
    case 'delete':
    case 'expire':
    case 'recreate':
    case 'burst':
    case 'transact':
      return tableOf(world, step).writer.write(step);
    default:
      timeline.note('world', JSON.stringify(step));
      return happen(step, scene);
  }
};

const happen = async (event: Event, scene: Scene): Promise<void> => {
  const { world } = scene;
  const { clock, fleet, surroundings } = world.setting;
  switch (event.kind) {
    case 'pause':
      return sleep(event.milliseconds);
    case 'clock':
      return clock.setAhead(event.seconds);
    case 'split':
      return void tableOf(world, event).stream.close(event.shard, 2);
    case 'close':
      return void tableOf(world, event).stream.close(event.shard, 1);
    case 'unreadable':
      return tableOf(world, event).stream.failOnce();
    case 'follow anew':
      return tableOf(world, event).followAnew();
    case 'kill':
      return begin(sleep(event.afterMilliseconds).then(fleet.kill), scene);
    case 'block':
      return begin(block(event, world), scene);
    case 'delete index':
      return deleteIndex(tableOf(world, event), scene);
    case 'restart node':
      return restartNode(event.how, scene);
    case 'release':
      return surroundings.release();
    case 'operate':
      return begin(operate(event, world), scene);
  }
};

const tableOf = ({ tables }: World, { table }: { readonly table: number }): FollowedTable => {
  const found = tables[table % tables.length];
  if (found === undefined) throw new Error('a world has a table');
  return found;
};

const begin = (work: Promise<void>, { underWay, world }: Scene): void => {
  const { onViolation } = world.setting;
  const ended = work.catch(onViolation).finally(() => underWay.delete(ended));
  underWay.add(ended);
};

const block = async (event: Extract<Event, { kind: 'block' }>, world: World): Promise<void> => {
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
const deleteIndex = async (table: FollowedTable, scene: Scene): Promise<void> => {
  const { surroundings, site } = scene.world.setting;
  await Promise.all(scene.underWay);
  scene.deletedIndexes.add(table);
  surroundings.late.forgetDeletions();
  const indexes = await askOpenSearch(site.node.url, 'GET', `/${table.index}*/_alias`);
  for (const index of Object.keys(Object(indexes)))
    await askOpenSearch(site.node.url, 'DELETE', `/${index}?ignore_unavailable=true`);
  surroundings.late.forgetDeletions();
};

const restartNode = async (how: 'stopped' | 'killed', scene: Scene): Promise<void> => {
  const { surroundings, site, tally } = scene.world.setting;
  if (site.node.restart === undefined) return;
  await Promise.all(scene.underWay);
  surroundings.late.forgetDeletions();
  tally.count('fault', `node ${how} and started again`);
  await site.node.restart(how);
};

const operate = async (
  { command, table }: Extract<Event, { kind: 'operate' }>,
  world: World,
): Promise<void> => {
  const { tally, timeline } = world.setting;
  const { name } = tableOf(world, { table });
  try {
    await OPERATE[command](name, world);
    tally.count('operator', command);
    timeline.note('operator', `${command} of ${name} ends`);
  } catch (error) {
    // It says that it could not, which is no harm.
    tally.count('operator', `${command} that gave up`);
    timeline.note('operator', `${command} of ${name} gives up: ${String(error)}`);
  }
};

const OPERATE = {
  backfill: (name: string, { operators }: World) => operators.backfill(name),
  'verify --repair': (name: string, { operators }: World) =>
    operators.verify(name, { isRepairing: true }),
  replay: (_name: string, { operators }: World) => operators.replay(),
};
