import { nextBatch } from './batch.ts';
import { windowEnd } from './batching-window.ts';
import { deliver } from './delivery.ts';
import type { Mapping } from './mapping.ts';
import type { StreamRecord } from './source.ts';

/** What the lanes of one shard share. */
export interface LaneShard {
  readonly shardId: string;
  /** How many lanes of the shard are retrying a batch. */
  retryingLanes: number;
  /** No record will be added to any lane any more. */
  isRead: boolean;
}

/** One of the concurrent batches of a shard: it sends its records in order, one batch at a time. */
export interface Lane {
  add(records: readonly StreamRecord[]): void;
  waitingCount(): number;
  /** Nothing waits and nothing is under way. */
  isSettled(): boolean;
  /** Resolves when the shard has been read and settled to its end, or when the mapping stops. */
  readonly done: Promise<void>;
}

interface State {
  readonly mapping: Mapping;
  readonly shard: LaneShard;
  waiting: readonly StreamRecord[];
  firstReadEpochMilliseconds: number;
  previousEndEpochMilliseconds: number;
  isSending: boolean;
}

/** Starts a lane of a shard. */
export const startLane = (mapping: Mapping, shard: LaneShard): Lane => {
  const state: State = {
    mapping,
    shard,
    waiting: [],
    firstReadEpochMilliseconds: 0,
    previousEndEpochMilliseconds: mapping.clock.nowEpochMilliseconds(),
    isSending: false,
  };
  return {
    add: (records) => {
      if (state.waiting.length === 0)
        state.firstReadEpochMilliseconds = mapping.clock.nowEpochMilliseconds();
      state.waiting = [...state.waiting, ...records];
      mapping.changed();
    },
    waitingCount: () => state.waiting.length,
    isSettled: () => state.waiting.length === 0 && !state.isSending,
    done: run(state),
  };
};

const run = async (state: State): Promise<void> => {
  const { mapping, shard } = state;
  const isOver = () => shard.isRead && state.waiting.length === 0;
  while (!mapping.isStopped() && !isOver()) {
    await mapping.until(() => state.waiting.length > 0 || isOver());
    await windowOver(state);
    await mapping.until(() => mayStart(state));
    if (!mapping.isStopped() && state.waiting.length > 0) await sendBatch(state);
  }
};

const windowOver = async (state: State): Promise<void> => {
  const { mapping } = state;
  const end = windowEnd(
    {
      previousEnd: state.previousEndEpochMilliseconds,
      firstRead: state.firstReadEpochMilliseconds,
    },
    mapping.settings,
  );
  const isFull = () => nextBatch(state.waiting, mapping.settings.batchSize).isFull;
  const milliseconds = end - mapping.clock.nowEpochMilliseconds();
  if (state.waiting.length > 0 && milliseconds > 0) await mapping.pause(milliseconds, isFull);
};

const mayStart = ({ mapping, shard }: State): boolean =>
  mapping.settings.undocumented.pausedByRetry === 'lane' || shard.retryingLanes === 0;

const sendBatch = async (state: State): Promise<void> => {
  const { mapping, shard } = state;
  const { count } = nextBatch(state.waiting, mapping.settings.batchSize);
  const records = state.waiting.slice(0, count);
  state.waiting = state.waiting.slice(count);
  state.isSending = true;
  let isRetrying = false;
  const { returned } = await deliver(mapping, { shardId: shard.shardId, records }, () => {
    if (!isRetrying) shard.retryingLanes += 1;
    isRetrying = true;
  });
  if (isRetrying) shard.retryingLanes -= 1;
  state.waiting = [...returned, ...state.waiting];
  state.previousEndEpochMilliseconds = mapping.clock.nowEpochMilliseconds();
  state.isSending = false;
  mapping.changed();
};
