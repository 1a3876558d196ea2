import { setTimeout as sleep } from 'node:timers/promises';
import type { Table } from '../../core/table.ts';
import { runPatience } from '../patience.ts';
import { finish, isAtEnd, type Position, segmentsLeft } from './position.ts';
import type { BackfillRun } from './run.ts';
import { backfillSegment } from './segment.ts';

/** What is to be written, and how. */
export type BackfillOptions = {
  readonly table: Table;
  /** For the records of dead letters; undefined where the table has no stream. */
  readonly streamArn: string | undefined;
  /** Segments that are worked on at once, at most. */
  readonly workers: number;
  /** How long nothing at all may be settled before it gives up. */
  readonly patienceMilliseconds?: number;
};

/** What it works with. */
export type BackfillTools = Omit<
  BackfillRun,
  'table' | 'streamArn' | 'totalSegments' | 'patience'
> & {
  /** Where to begin; moved along, so that it may be stored at any time. */
  readonly position: Position;
};

const RUN_PATIENCE_MILLISECONDS = 15 * 60_000;

/**
 * Writes every item of a table into its index, while the function goes on following its stream. It
 * returns whether the whole table is done; when it was told to stop, within a few seconds, it is not.
 *
 * @throws what keeps it from going on, after some patience
 */
export const backfill = async (
  options: BackfillOptions,
  tools: BackfillTools,
): Promise<boolean> => {
  const failed = new AbortController();
  const run = runOf(options, tools, AbortSignal.any([tools.signal, failed.signal]));
  const segments = segmentsLeft(tools.position);
  const work = async (): Promise<void> => {
    for (let next = segments.next(); !next.done; next = segments.next()) {
      await backfillSegment(next.value, run);
      finish(tools.position, next.value);
    }
  };
  const workers = Array.from({ length: options.workers }, () =>
    work().catch((error: unknown) => failed.abort(error)),
  );
  await Promise.race([Promise.all(workers), aWhileAfter(run.signal)]);
  if (tools.signal.aborted) return false;
  failed.signal.throwIfAborted();
  return isAtEnd(tools.position);
};

const runOf = (
  { patienceMilliseconds = RUN_PATIENCE_MILLISECONDS, ...options }: BackfillOptions,
  tools: BackfillTools,
  signal: AbortSignal,
): BackfillRun => ({
  ...tools,
  ...options,
  totalSegments: tools.position.totalSegments,
  patience: runPatience(patienceMilliseconds),
  signal,
});

// What is on its way then may be left there: it is sent again by whoever goes on from the position.
const ENDING_MILLISECONDS = 4000;

const aWhileAfter = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const wait = () => void sleep(ENDING_MILLISECONDS, undefined, { ref: false }).then(resolve);
    signal.addEventListener('abort', wait, { once: true });
    if (signal.aborted) wait();
  });
