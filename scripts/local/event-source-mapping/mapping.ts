import type { InvocationResult } from '../lambda/invocation-result.ts';
import { createChanges } from './changes.ts';
import type { Clock } from './clock.ts';
import type { OnFailureObject } from './on-failure.ts';
import type { Settings } from './settings.ts';
import type { StreamSource } from './source.ts';
import { createStatistics, type Statistics } from './statistics.ts';

/** Invokes the function with an event, as JSON text; a rejection means that it could not be invoked at all. */
export type Invoke = (event: string) => Promise<InvocationResult>;

/** What a mapping is made of. */
export interface MappingParts {
  readonly source: StreamSource;
  readonly invoke: Invoke;
  readonly settings: Settings;
  readonly onFailure: ((object: OnFailureObject) => Promise<void>) | undefined;
  readonly clock: Clock;
  readonly onProgress: (statistics: Statistics) => void;
  readonly onReadFailure: (error: unknown) => void;
  readonly mappingUuid: string;
  readonly functionArn: string;
}

/** A running mapping, as its loops share it. */
export interface Mapping extends MappingParts {
  readonly statistics: ReturnType<typeof createStatistics>;
  isStopped(): boolean;
  stop(): void;
  /** How often somebody has asked whether the stream is drained: what was read before may be out of date. */
  drainRequests(): number;
  requestDrain(): number;
  /** Has every waiting condition looked at again. */
  changed(): void;
  /** Waits until the condition holds or the mapping stops. */
  until(condition: () => boolean): Promise<void>;
  /** Waits that long, or until the condition holds or the mapping stops. */
  pause(milliseconds: number, isOver: () => boolean): Promise<void>;
}

/** Sets up what the loops of a mapping share. */
export const createMapping = (parts: MappingParts): Mapping => {
  const statistics = createStatistics();
  const { changed, until } = createChanges(() => parts.onProgress(statistics));
  const state = { isStopped: false, drainRequests: 0 };
  const untilStopOr = (condition: () => boolean) => until(() => state.isStopped || condition());
  return {
    ...parts,
    statistics,
    isStopped: () => state.isStopped,
    stop: () => {
      state.isStopped = true;
      changed();
    },
    drainRequests: () => state.drainRequests,
    requestDrain: () => {
      state.drainRequests += 1;
      changed();
      return state.drainRequests;
    },
    changed,
    until: untilStopOr,
    pause: async (milliseconds, isOver) => {
      const timer = startTimer(parts.clock, milliseconds, changed);
      await untilStopOr(() => timer.isElapsed() || isOver());
      await timer.end();
    },
  };
};

const startTimer = (clock: Clock, milliseconds: number, onElapsed: () => void) => {
  const ending = new AbortController();
  let isElapsed = false;
  const elapsed = clock.wait(milliseconds, ending.signal).then(() => {
    isElapsed = true;
    onElapsed();
  });
  const end = () => {
    ending.abort();
    return elapsed;
  };
  return { isElapsed: () => isElapsed, end };
};
