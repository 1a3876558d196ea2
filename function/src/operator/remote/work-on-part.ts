import type { RunTools } from './command-work.ts';
import { Hindered } from './hindered.ts';
import { stateKey } from './keys.ts';
import { openPart, type PartUnderWay } from './open-part.ts';
import type { Part, SliceAnswer } from './order.ts';
import { type Beginning, stateIn } from './part-state.ts';

/** What a part begins with, and what is done to it; whether it is done then. */
export type PartTask<Counts, Checkpoint> = {
  readonly beginning: Beginning<Counts, Checkpoint>;
  readonly work: (part: PartUnderWay<Counts, Checkpoint>) => Promise<boolean>;
};

/**
 * Works on a part from where it stands; its state is stored all the while. What a slice that was killed
 * has done beyond that is done again.
 *
 * @throws Hindered when the checkpoint was not moved, or for what may pass; what ends the part for good
 */
export const workOnPart = async <Counts, Checkpoint>(
  part: Part,
  { beginning, work }: PartTask<Counts, Checkpoint>,
  tools: RunTools,
): Promise<SliceAnswer> => {
  const stored = await tools.store.readJson(stateKey(part));
  const state = stateIn(stored, beginning);
  if (state.is_done) return { is_done: true };
  const before = JSON.stringify(state.checkpoint);
  const underWay = openPart(part, state, tools);
  await underWay.begin();
  try {
    state.is_done = await work(underWay);
  } catch (error) {
    if (!tools.signal.aborted) throw await underWay.fail(error);
  }
  await underWay.end();
  if (!state.is_done && JSON.stringify(state.checkpoint) === before)
    throw new Hindered(state.hindrance ?? 'the time was too short');
  return { is_done: state.is_done };
};
