import { setTimeout as sleep } from 'node:timers/promises';
import { LOOKS, type Suspicion } from '../../core/suspicion.ts';

/** Suspicions that wait for another look. */
export type SuspicionQueue = {
  /** Puts suspicions in, but those whose ids wait already; resolves when there is room for more. */
  readonly add: (suspicions: readonly Suspicion[]) => Promise<void>;
  /** No more will be put in from outside. */
  readonly close: () => void;
  /** Looks at them when they are due, until it is closed and none is left. */
  readonly run: () => Promise<void>;
};

/** Looks again at a hundred suspicions at most, and returns those that are to wait for yet another look. */
export type LookAgain = (due: readonly Suspicion[]) => Promise<readonly Suspicion[]>;

/** How a queue works. */
export type QueueOptions = {
  readonly delaySeconds: number;
  readonly lanes: number;
  readonly signal: AbortSignal;
  /** Told how many are waiting. */
  readonly onWaiting: (count: number) => void;
};

const MOST_WAITING = 100_000;
const MOST_AT_ONCE = 100; // keys of one reading
const TICK_MILLISECONDS = 20;

/**
 * A queue whose suspicions wait a seventh, two sevenths and four sevenths of the delay before their
 * looks: most changes on their way arrive soon, and what is different after all of it stays so.
 */
export const suspicionQueue = (lookAgain: LookAgain, options: QueueOptions): SuspicionQueue => {
  const { delaySeconds, lanes, signal, onWaiting } = options;
  const stages = Array.from({ length: LOOKS }, (_, look) =>
    stageOf((2 ** look / (2 ** LOOKS - 1)) * delaySeconds * 1000),
  );
  const waiting = new Set<string>(); // ids, those that are being looked at included
  let isClosed = false;
  const put = (suspicion: Suspicion) => stages[suspicion.looks]?.put(suspicion);
  const look = async (due: readonly Suspicion[]) => {
    const again = await lookAgain(due);
    for (const { id } of due) waiting.delete(id);
    for (const suspicion of again) {
      waiting.add(suspicion.id);
      put(suspicion);
    }
    onWaiting(waiting.size);
  };
  const runLane = async () => {
    while (!isClosed || waiting.size > 0) {
      const due = takeDue(stages);
      await (due.length > 0 ? look(due) : sleep(TICK_MILLISECONDS, undefined, { signal }));
    }
  };
  return {
    add: async (suspicions) => {
      for (const suspicion of suspicions) {
        if (waiting.has(suspicion.id)) continue; // an item may be suspected, and then its document
        waiting.add(suspicion.id);
        put(suspicion);
      }
      onWaiting(waiting.size);
      while (waiting.size > MOST_WAITING) await sleep(TICK_MILLISECONDS, undefined, { signal });
    },
    close: () => {
      isClosed = true;
    },
    run: async () => {
      await Promise.all(Array.from({ length: lanes }, runLane));
    },
  };
};

const takeDue = (stages: readonly Stage[]): readonly Suspicion[] => {
  for (const stage of stages) {
    const due = stage.takeDue(MOST_AT_ONCE);
    if (due.length > 0) return due;
  }
  return [];
};

/** Suspicions that all wait equally long. */
type Stage = {
  readonly put: (suspicion: Suspicion) => void;
  /** Takes out those whose wait is over, so many at most. */
  readonly takeDue: (most: number) => readonly Suspicion[];
};

const stageOf = (delayMilliseconds: number): Stage => {
  const entries: { readonly dueAt: number; readonly suspicion: Suspicion }[] = []; // the next one first
  return {
    put: (suspicion) => entries.push({ dueAt: performance.now() + delayMilliseconds, suspicion }),
    takeDue: (most) => {
      const now = performance.now();
      const first = entries.slice(0, most);
      const later = first.findIndex(({ dueAt }) => dueAt > now);
      return entries.splice(0, later < 0 ? first.length : later).map(({ suspicion }) => suspicion);
    },
  };
};
