import type { StreamRecord } from '../../function/src/core/stream-record.ts';
import { comesAgain } from './balance.ts';
import type { Outcome } from './function-stage.ts';

/** Counts over all invocations of a delivery. */
export type Delivered = {
  readonly invocations: number;
  /** Σ(received − retried): by contract the number of records. */
  readonly accounted: number;
};

/**
 * Delivers batches as Lambda does: one after the other, each again from the returned number on until
 * nothing of it comes again.
 */
export const deliverAll = async (
  batches: Iterable<readonly StreamRecord[]>,
  invoke: (records: readonly StreamRecord[]) => Promise<Outcome>,
): Promise<Delivered> => {
  let invocations = 0;
  let accounted = 0;
  for (const batch of batches) {
    for (let left = batch; left.length > 0; invocations++) {
      const { result, retryFrom, allMetrics } = await invoke(left);
      if (result.kind !== 'answered')
        throw new Error(`it ended like this: ${JSON.stringify(result)}`);
      for (const { Received, Retried } of allMetrics)
        accounted += Number(Received) - Number(Retried);
      left = left.filter((record) => comesAgain(record, retryFrom));
    }
  }
  return { invocations, accounted };
};
