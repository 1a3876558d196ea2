import { elementsOf } from '../../core/json-value.ts';
import { inLanes } from '../verify/in-lanes.ts';
import type { RunTools } from './command-work.ts';
import { Hindered } from './hindered.ts';
import { manifestKey, stateKey } from './keys.ts';
import type { Part, Phase } from './order.ts';
import { parsePart } from './parse-request.ts';
import { type PartState, storedState } from './part-state.ts';

// Reading what thousands of parts have come to is a matter of seconds, and of little memory.
const LANES = 64;

/** Tells what each part of a phase has come to, in any order; undefined where it was not begun. */
export const everyPart = async <Counts, Checkpoint>(
  phase: Phase,
  { store }: Pick<RunTools, 'store'>,
  tell: (part: Part, state: PartState<Counts, Checkpoint> | undefined) => void,
): Promise<void> => {
  const parts = elementsOf(await store.readJson(manifestKey(phase))).map(parsePart);
  await inLanes(parts, LANES, async (part) => {
    tell(part, storedState(await store.readJson(stateKey(part))));
  });
};

/**
 * Tells what each part of a phase that is done has come to, in any order.
 *
 * @throws Hindered where one is not done any more: a slice that outlived its phase has stored over it
 */
export const everyDonePart = <Counts, Checkpoint>(
  phase: Phase,
  tools: Pick<RunTools, 'store'>,
  tell: (part: Part, state: PartState<Counts, Checkpoint>) => void,
): Promise<void> =>
  everyPart<Counts, Checkpoint>(phase, tools, (part, state) => {
    if (state?.is_done !== true)
      throw new Hindered(`a part of the phase ${phase} has to be worked on again`);
    tell(part, state);
  });
