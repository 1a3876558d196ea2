import { setTimeout as sleep } from 'node:timers/promises';
import type { StateStore } from './state-store.ts';

/** A state that is stored all the while. */
export type KeptState = {
  /** Stores it for the last time. */
  readonly end: () => Promise<void>;
};

/**
 * Stores a state now, so that a place that cannot be written is known before anything is done, and
 * then again and again. That it cannot be stored later on is told once; the work goes on.
 */
export const keepState = async (
  store: StateStore,
  snapshot: () => string,
  warn: (text: string) => void,
): Promise<KeptState> => {
  await store.write(snapshot());
  const ended = new AbortController();
  let isWarned = false;
  const keepOn = async () => {
    while (await isTime(store.everyMilliseconds, ended.signal)) {
      await store.write(snapshot()).catch((error: Error) => {
        if (!isWarned) warn(error.message);
        isWarned = true;
      });
    }
  };
  const kept = keepOn();
  return {
    end: async () => {
      ended.abort();
      await kept;
      await store.write(snapshot());
    },
  };
};

/** Waits; false when it is told to end before. */
const isTime = (milliseconds: number, signal: AbortSignal): Promise<boolean> =>
  sleep(milliseconds, true, { signal, ref: false }).catch(() => false);
