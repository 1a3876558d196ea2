import { setTimeout as sleep } from 'node:timers/promises';
import { block, deleteIndex, restartNode } from './administer.ts';
import { operate } from './operate.ts';
import { type Scene, tableOf } from './scene.ts';
import { type Event, type Step, stepText } from './step.ts';

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
    case 'malformed':
      return tableOf(world, step).write(step);
    default:
      timeline.note('world', stepText(step));
      return happen(step, scene);
  }
};

const happen = async (event: Event, scene: Scene): Promise<void> => {
  const { world } = scene;
  const { clock, fleet, surroundings } = world.setting;
  switch (event.kind) {
    case 'pause':
      return sleep(event.milliseconds);
    case 'catch up':
      return Promise.race([tableOf(world, event).drained(), sleep(event.milliseconds)]);
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
      return begin(operate(event, scene), scene);
  }
};

const begin = (work: Promise<void>, { underWay, world }: Scene): void => {
  const { onViolation } = world.setting;
  const ended = work.catch(onViolation).finally(() => underWay.delete(ended));
  underWay.add(ended);
};
