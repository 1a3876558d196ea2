import type { Settings } from './settings.ts';

/** What the batching window of a lane depends on, in milliseconds since 1970. */
export interface WindowState {
  /** When the previous invocation was over, or the mapping began. */
  readonly previousEnd: number;
  /** When the record that has waited longest was read. */
  readonly firstRead: number;
}

/**
 * When a batch that is not full has to go, in milliseconds since 1970: "the next batching window begins as soon as the
 * previous function invocation completes."
 */
export const windowEnd = (
  { previousEnd, firstRead }: WindowState,
  { maximumBatchingWindowInSeconds, undocumented }: Settings,
): number => {
  const windowMilliseconds = maximumBatchingWindowInSeconds * 1000;
  const end = previousEnd + windowMilliseconds;
  return firstRead > end && undocumented.afterEmptyWindow === 'newWindow'
    ? firstRead + windowMilliseconds
    : end;
};
