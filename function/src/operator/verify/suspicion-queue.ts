import { setTimeout as sleep } from 'node:timers/promises';
import { LOOKS, type Suspicion } from '../../core/suspicion.ts';

/** Suspicions that wait for another look. */
export type SuspicionQueue = {
  /** Puts suspicions in, but those whose ids wait already; resolves when there is room for more. */
  readonly add: (suspicions: readonly Suspicion[]) => Promise<void>;
  /** No more will be put in from outside. */
  readonly close: () => void;
  /** Looks at them when they are due, until it is closed and none is left, or until it is to end. */
  readonly run: () => Promise<void>;
  /** Those that still wait once it has ended or failed, none of them twice: for a queue that goes on. */
  readonly left: () => readonly WaitingSuspicion[];
};

/** A suspicion, and how much longer it is to wait. */
export type WaitingSuspicion = {
  readonly suspicion: Suspicion;
  readonly milliseconds: number;
};

/** Looks again at a hundred suspicions at most, and returns those that are to wait for yet another look; as it was, one that could not be decided on. */
export type LookAgain = (due: readonly Suspicion[]) => Promise<readonly Suspicion[]>;

/** How a queue works. */
export type QueueOptions = {
  readonly delaySeconds: number;
  readonly lanes: number;
  readonly signal: AbortSignal;
  /** Aborted when it is to end, looks that are under way excepted. */
  readonly ending: AbortSignal;
  /** What another queue had left. */
  readonly waiting: readonly WaitingSuspicion[];
  /** Beyond so many there is no room for more. */
  readonly mostWaiting: number;
  /** Told how many are waiting. */
  readonly onWaiting: (count: number) => void;
};

const MOST_AT_ONCE = 100; // keys of one reading
const TICK_MILLISECONDS = 20;

/**
 * A queue whose suspicions wait a seventh, two sevenths and four sevenths of the delay before their
 * looks: most changes on their way arrive soon, and what is different after all of it stays so.
 */
export const suspicionQueue = (lookAgain: LookAgain, options: QueueOptions): SuspicionQueue => {
  const { delaySeconds, lanes, signal, ending, onWaiting } = options;
  const stages = Array.from({ length: LOOKS }, stageOf);
  const waiting = new Set<string>(); // ids, those that are being looked at included
  let isClosed = false;
  let hasFailed = false;
  const put = (suspicion: Suspicion, milliseconds = delayOf(suspicion, delaySeconds)) => {
    waiting.add(suspicion.id);
    stages[suspicion.looks]?.put({ suspicion, milliseconds });
  };
  const look = async (due: readonly Suspicion[]) => {
    try {
      const again = await lookAgain(due);
      for (const { id } of due) waiting.delete(id);
      for (const suspicion of again) put(suspicion, due.includes(suspicion) ? 0 : undefined);
    } catch (error) {
      hasFailed = true;
      for (const suspicion of due) put(suspicion, 0);
      throw error;
    }
    onWaiting(waiting.size);
  };
  const isOver = () => hasFailed || ending.aborted || (isClosed && waiting.size === 0);
  const runLane = async () => {
    while (!isOver()) {
      const due = takeDue(stages);
      await (due.length > 0 ? look(due) : sleep(TICK_MILLISECONDS, undefined, { signal }));
    }
  };
  for (const { suspicion, milliseconds } of options.waiting) put(suspicion, milliseconds);
  onWaiting(waiting.size);
  return {
    add: async (suspicions) => {
      for (const suspicion of suspicions) {
        if (!waiting.has(suspicion.id)) put(suspicion); // an item may be suspected, and then its document
      }
      onWaiting(waiting.size);
      while (waiting.size > options.mostWaiting && !ending.aborted)
        await sleep(TICK_MILLISECONDS, undefined, { signal });
    },
    close: () => {
      isClosed = true;
    },
    run: async () => {
      const running = Array.from({ length: lanes }, runLane);
      const ended = await Promise.allSettled(running); // so that nothing is on its way when one has failed
      const failed = ended.find((one) => one.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    },
    left: () => stages.flatMap((stage) => stage.left()),
  };
};

const delayOf = ({ looks }: Suspicion, delaySeconds: number): number =>
  (2 ** looks / (2 ** LOOKS - 1)) * delaySeconds * 1000;

const takeDue = (stages: readonly Stage[]): readonly Suspicion[] => {
  for (const stage of stages) {
    const due = stage.takeDue(MOST_AT_ONCE);
    if (due.length > 0) return due;
  }
  return [];
};

/** Suspicions that all wait equally long, those of an earlier queue excepted. */
type Stage = {
  readonly put: (waiting: WaitingSuspicion) => void;
  /** Takes out those whose wait is over, so many at most. */
  readonly takeDue: (most: number) => readonly Suspicion[];
  readonly left: () => readonly WaitingSuspicion[];
};

const stageOf = (): Stage => {
  const entries: { readonly dueAt: number; readonly suspicion: Suspicion }[] = []; // the next one first
  return {
    put: ({ suspicion, milliseconds }) => {
      const entry = { dueAt: performance.now() + milliseconds, suspicion };
      const before = entries.findLastIndex(({ dueAt }) => dueAt <= entry.dueAt);
      entries.splice(before + 1, 0, entry);
    },
    takeDue: (most) => {
      const now = performance.now();
      const first = entries.slice(0, most);
      const later = first.findIndex(({ dueAt }) => dueAt > now);
      return entries.splice(0, later < 0 ? first.length : later).map(({ suspicion }) => suspicion);
    },
    left: () => {
      const now = performance.now();
      return entries.map(({ dueAt, suspicion }) => ({
        suspicion,
        milliseconds: Math.max(0, Math.ceil(dueAt - now)),
      }));
    },
  };
};
