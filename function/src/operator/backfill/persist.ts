import { setTimeout as sleep } from 'node:timers/promises';
import { faultOf } from '../../aws/fault.ts';
import { messageOf } from '../../aws/service-error.ts';
import { type BackfillRun, slowDown } from './run.ts';

const FIRST_BACKOFF_MILLISECONDS = 100;
const LONGEST_BACKOFF_MILLISECONDS = 10_000;

/**
 * Asks a service of AWS for something that may be asked for again, until it is done; between attempts
 * it waits, with full jitter. @throws what was thrown last, when that is lasting or patience is over
 */
export const persist = async <Result>(
  attempt: () => Promise<Result>,
  run: BackfillRun,
): Promise<Result> => {
  for (let failures = 0; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      run.signal.throwIfAborted();
      const fault = faultOf(error);
      if (fault === 'lasting' || run.patience.isOver()) throw error;
      if (fault === 'throttled') slowDown(run);
      run.onHindrance(messageOf(error));
    }
    const bound = Math.min(
      LONGEST_BACKOFF_MILLISECONDS,
      FIRST_BACKOFF_MILLISECONDS * 2 ** failures,
    );
    await sleep(Math.random() * bound, undefined, { signal: run.signal });
  }
};
