import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../aws/service-error.ts';
import type { RunTools } from './command-work.ts';
import { asHindered, Hindered } from './hindered.ts';
import { stateKey } from './keys.ts';
import type { Part } from './order.ts';
import type { PartState } from './part-state.ts';

/** A part that is worked on, by one slice. */
export type PartUnderWay<Counts, Checkpoint> = {
  /** Moved along: it is stored at any time. */
  readonly state: PartState<Counts, Checkpoint>;
  /** Has a line of what was found stored with the state. */
  readonly tell: (line: object) => void;
  readonly onHindrance: (hindrance: string | undefined) => void;
  /** Stores all of it now. @throws ServiceError */
  readonly store: () => Promise<void>;
};

/** A part with what opens and closes it. */
export type OpenPart<Counts, Checkpoint> = PartUnderWay<Counts, Checkpoint> & {
  readonly begin: () => Promise<void>;
  readonly end: () => Promise<void>;
  /** Notes what went wrong; returns what is to be thrown. */
  readonly fail: (error: unknown) => Promise<unknown>;
};

/** Opens a part to work on it. */
export const openPart = <Counts, Checkpoint>(
  part: Part,
  state: PartState<Counts, Checkpoint>,
  tools: RunTools,
): OpenPart<Counts, Checkpoint> => {
  const { tell, store } = keeperOf(part, state, tools);
  const storeOrWarn = () => store().catch((error: unknown) => tools.log.warn(messageOf(error)));
  const ended = new AbortController();
  return {
    state,
    tell,
    store,
    onHindrance: (hindrance) => {
      state.hindrance = hindrance;
    },
    begin: async () => {
      state.slices++;
      Object.assign(state, { hindrance: undefined, failure: undefined });
      await store();
      void everySoOften(ended.signal, storeOrWarn);
    },
    end: () => {
      ended.abort();
      return store();
    },
    fail: async (error) => {
      ended.abort();
      const thrown = asHindered(error);
      state[thrown instanceof Hindered ? 'hindrance' : 'failure'] = messageOf(error);
      await storeOrWarn();
      return thrown;
    },
  };
};

/** Stores a state together with the lines that belong to it, one time after the other. */
const keeperOf = <Counts, Checkpoint>(
  part: Part,
  state: PartState<Counts, Checkpoint>,
  { store }: RunTools,
): Pick<PartUnderWay<Counts, Checkpoint>, 'tell' | 'store'> => {
  const lines: object[] = []; // not stored yet
  const countTime = clockOf(state);
  const storeNow = async () => {
    countTime();
    const told = lines.slice();
    const files = state.files + (told.length > 0 ? 1 : 0);
    const snapshot = structuredClone({ ...state, files });
    // First what was found: a state without its lines would lose them, lines without their state are overwritten.
    if (told.length > 0) await store.writeDifferences(part, state.files, told);
    await store.writeJson(stateKey(part), snapshot);
    state.files = files;
    lines.splice(0, told.length);
  };
  let storing: Promise<void> = Promise.resolve(); // the last time
  return {
    tell: (line) => void lines.push(line),
    store: () => {
      storing = storing.catch(() => undefined).then(storeNow);
      return storing;
    },
  };
};

/** Each time it is called, the time since the last time is added. */
const clockOf = (state: { milliseconds: number }): (() => void) => {
  let countedAt = performance.now();
  return () => {
    const now = performance.now();
    state.milliseconds += Math.round(now - countedAt);
    countedAt = now;
  };
};

const EVERY_MILLISECONDS = 10_000;

const everySoOften = async (signal: AbortSignal, act: () => Promise<void>): Promise<void> => {
  const isTime = () => sleep(EVERY_MILLISECONDS, true, { signal }).catch(() => false);
  while (await isTime()) await act();
};
