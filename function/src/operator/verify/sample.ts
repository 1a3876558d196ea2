import { randomInt } from 'node:crypto';

/** Which parts of a table are read: some of so many segments. */
export type Segments = { readonly chosen: readonly number[]; readonly total: number };

// Of the many segments of a sample each is small, so that it costs what it says; a segment takes one request at least.
const SAMPLE_SEGMENTS = 1000;

/** The segments of a whole table, or of so much of it. */
export const chooseSegments = (total: number, samplePercent: number | undefined): Segments => {
  if (samplePercent === undefined) return { chosen: [...Array(total).keys()], total };
  const wanted = Math.max(1, Math.round((samplePercent / 100) * SAMPLE_SEGMENTS));
  const chosen = new Set<number>();
  while (chosen.size < wanted) chosen.add(randomInt(SAMPLE_SEGMENTS));
  return { chosen: [...chosen], total: SAMPLE_SEGMENTS };
};
