import { type Scene, tableOf } from './scene.ts';
import type { Event, OperatorCommand } from './step.ts';
import type { World } from './world.ts';

// A backfill may put an item as it read it over what a replay has written meanwhile, so operators run one after the other: see
// docs/guarantees.md. A repair may run beside either.

/** Runs an operator command, as soon as it is its turn. */
export const operate = (
  { command, table }: Extract<Event, { kind: 'operate' }>,
  scene: Scene,
): Promise<void> => {
  const { name } = tableOf(scene.world, { table });
  if (command === 'verify --repair') return tryTo(command, name, scene.world);
  scene.turn = scene.turn.then(() => tryTo(command, name, scene.world));
  return scene.turn;
};

const tryTo = async (command: OperatorCommand, name: string, world: World): Promise<void> => {
  const { tally, timeline } = world.setting;
  timeline.note('operator', `${command} of ${name} begins`);
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
