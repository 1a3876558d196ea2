/** How many segments DynamoDB takes. */
export const MOST_SEGMENTS = 1_000_000;

const SEGMENT_BYTES = 1024 ** 3;
const FEWEST_SEGMENTS = 4;

/** Into how many segments a table of that size is cut. */
export const usualSegments = (bytes: number): number =>
  Math.min(MOST_SEGMENTS, Math.max(FEWEST_SEGMENTS, Math.ceil(bytes / SEGMENT_BYTES)));
