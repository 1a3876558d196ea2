import type { BulkAnswer } from '../core/answer.ts';

/**
 * How many operations a page may have. OpenSearch works off whatever waits in its queues, even when nobody
 * waits for the answer any more: were all pages to time out there, its work would be for nothing, and be
 * asked for again. Long before that they get smaller, until what all senders have on its way is soon done.
 */
export type PageSize = {
  /** What a page may have now. */
  readonly most: () => number;
  /** Heeds how long a page took. */
  readonly heed: (page: SentPage) => void;
};

/** A page that was answered or given up, and how long it took. */
export type SentPage = {
  readonly operations: number;
  readonly milliseconds: number;
  readonly answer: BulkAnswer['kind'];
};

// A sixth of what a request may take. Between the two nothing changes, lest sizes swing.
const SLOW_MILLISECONDS = 5000;
const FAST_MILLISECONDS = 2500;

/** A page size without bounds, which halves with a slow page and doubles with a fast one that was as large as it may be. */
export const openPageSize = (): PageSize => {
  let most = Number.POSITIVE_INFINITY;
  return {
    most: () => most,
    heed: ({ operations, milliseconds, answer }) => {
      if (milliseconds > SLOW_MILLISECONDS) most = Math.ceil(operations / 2);
      const isFast = milliseconds < FAST_MILLISECONDS && answer === 'items';
      if (isFast && operations >= most) most = operations * 2;
    },
  };
};
