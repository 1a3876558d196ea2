import type { Judgement } from './judgement.ts';
import type { Settings } from './settings.ts';
import type { StreamRecord } from './source.ts';

/** A batch on its way, with what it has been through. */
export interface Delivery {
  readonly records: readonly StreamRecord[];
  /** How much of the retry quota is used up. */
  readonly retries: number;
  /** How often the function was invoked with these records. */
  readonly invocations: number;
}

/** What follows an invocation. */
export type Step =
  | { readonly kind: 'settled' }
  | { readonly kind: 'discard'; readonly delivery: Delivery }
  | { readonly kind: 'retry'; readonly delivery: Delivery }
  | { readonly kind: 'bisect'; readonly deliveries: readonly Delivery[] }
  | { readonly kind: 'newBatch'; readonly records: readonly StreamRecord[] };

/** Decides what follows an invocation: the checkpoint, "splitting a batch doesn't consume the retry quota", the quota. */
export const stepAfter = (delivery: Delivery, judgement: Judgement, settings: Settings): Step => {
  switch (judgement.kind) {
    case 'success':
      return { kind: 'settled' };
    case 'failure':
      return settings.bisectBatchOnFunctionError
        ? bisect(delivery, settings)
        : retry(delivery, settings);
    case 'partial':
      return judgement.firstFailed === 0
        ? afterFirstFailed(delivery, settings)
        : afterCheckpoint(delivery, judgement.firstFailed, settings);
  }
};

const afterFirstFailed = (delivery: Delivery, settings: Settings): Step =>
  settings.bisectBatchOnFunctionError && settings.undocumented.firstRecordReported === 'bisect'
    ? bisect(delivery, settings)
    : retry(delivery, settings);

// "The batch is bisected at the returned sequence number and Lambda retries only the remaining records."
const afterCheckpoint = (delivery: Delivery, checkpoint: number, settings: Settings): Step => {
  const rest = { ...delivery, records: delivery.records.slice(checkpoint) };
  if (settings.bisectBatchOnFunctionError) return { kind: 'bisect', deliveries: [rest] };
  return settings.undocumented.afterPartialFailure === 'newBatch'
    ? { kind: 'newBatch', records: rest.records }
    : retry(rest, settings);
};

const bisect = (delivery: Delivery, settings: Settings): Step => {
  const { records } = delivery;
  if (records.length === 1) return retry(delivery, settings);
  const isFirstLonger = settings.undocumented.bisectedLonger === 'first';
  const middle = isFirstLonger ? Math.ceil(records.length / 2) : Math.floor(records.length / 2);
  const halves = [records.slice(0, middle), records.slice(middle)];
  return { kind: 'bisect', deliveries: halves.map((half) => ({ ...delivery, records: half })) };
};

const retry = (delivery: Delivery, { maximumRetryAttempts }: Settings): Step =>
  maximumRetryAttempts !== -1 && delivery.retries >= maximumRetryAttempts
    ? { kind: 'discard', delivery }
    : { kind: 'retry', delivery: { ...delivery, retries: delivery.retries + 1 } };

/** The wait before an invocation that follows so many failed ones in a row. */
export const retryDelayMilliseconds = (
  failuresInARow: number,
  { undocumented }: Settings,
): number =>
  failuresInARow === 0
    ? 0
    : Math.min(
        undocumented.initialRetryDelayMilliseconds * 2 ** (failuresInARow - 1),
        undocumented.maximumRetryDelayMilliseconds,
      );
