import type { StreamRecord } from './source.ts';

// "The batch reaches the payload limit of 6 MB": Lambda refuses a synchronous invocation beyond 6,291,456 bytes.
const payloadLimitBytes = 6 * 1024 * 1024;
const prefix = '{"Records":[';
const suffix = ']}';

/** How many of the waiting records, from the first one, go into one invocation, and whether no more could. */
export interface Batch {
  readonly count: number;
  readonly isFull: boolean;
}

/** The largest batch within the batch size and Lambda's payload limit; a single record always fits. */
export const nextBatch = (waiting: readonly StreamRecord[], batchSize: number): Batch => {
  let bytes = prefix.length + suffix.length;
  for (const [index, { textBytes }] of waiting.entries()) {
    if (index === batchSize) return { count: index, isFull: true };
    bytes += textBytes + (index === 0 ? 0 : 1);
    if (bytes > payloadLimitBytes && index > 0) return { count: index, isFull: true };
  }
  return { count: waiting.length, isFull: waiting.length === batchSize };
};

/** The event of an invocation, as JSON text. */
export const eventText = (records: readonly StreamRecord[]): string =>
  `${prefix}${records.map(({ text }) => text).join(',')}${suffix}`;
