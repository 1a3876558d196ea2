import { setTimeout as sleep } from 'node:timers/promises';
import { faultOf } from '../aws/fault.ts';
import { backoffMilliseconds } from '../backoff.ts';
import type { Patience } from './patience.ts';

/** How long something is tried. */
export type Persistence = {
  readonly signal: AbortSignal;
  readonly patience: Patience;
  /** Whether what was thrown may pass, after so many failures before it; {@link faultOf} says, unless this does. */
  readonly mayPass?: (error: unknown, failures: number) => boolean;
  /** Told of each failure that may pass. */
  readonly onFault?: (error: unknown) => void;
};

const LONGEST_BACKOFF_MILLISECONDS = 5000;

/**
 * Does something that may be done again until it succeeds: throttling, resets and sick servers may
 * pass. @throws what was thrown last, when that is lasting or patience is over
 */
export const persist = async <Result>(
  attempt: () => Promise<Result>,
  { signal, patience, mayPass = isPassing, onFault }: Persistence,
): Promise<Result> => {
  for (let failures = 0; ; failures++) {
    try {
      signal.throwIfAborted();
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      if (patience.isOver() || !mayPass(error, failures)) throw error;
      onFault?.(error);
    }
    const milliseconds = backoffMilliseconds(failures, LONGEST_BACKOFF_MILLISECONDS);
    await sleep(milliseconds, undefined, { signal });
  }
};

const isPassing = (error: unknown): boolean => faultOf(error) !== 'lasting';
