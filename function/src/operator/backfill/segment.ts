import type { ScanPage } from '../../aws/scan.ts';
import { scanPage } from '../../aws/scan.ts';
import type { Item } from '../../core/attribute-value.ts';
import { persist } from '../persist.ts';
import { ageMilliseconds } from '../read-time.ts';
import type { SegmentPosition } from './position.ts';
import { type BackfillRun, persistence } from './run.ts';
import { writePage } from './write-page.ts';

/**
 * Writes the items of a segment, page by page; while one is written the next is read. The position is
 * moved when all that lies before it is settled, never sooner.
 */
export const backfillSegment = async (
  position: SegmentPosition,
  run: BackfillRun,
): Promise<void> => {
  let ahead: Promise<ScanPage> | undefined; // the page at the position, where it is being read already
  do {
    await run.width.enter(run.signal);
    try {
      const page = await youngPage(ahead, position, run);
      ahead = page.lastKey && readAhead(position.segment, page.lastKey, run);
      await writePage(page, run);
      position.startKey = page.lastKey ?? null;
    } finally {
      run.width.leave();
    }
  } while (position.startKey !== null);
};

// A page may be written for 30 s after its read. What has waited so long might not be settled in time.
const OLDEST_MILLISECONDS = 10_000;

const youngPage = async (
  ahead: Promise<ScanPage> | undefined,
  { segment, startKey }: SegmentPosition,
  run: BackfillRun,
): Promise<ScanPage> => {
  const page = await ahead;
  if (page !== undefined && ageMilliseconds(page.readTime) < OLDEST_MILLISECONDS) return page;
  return readPage(segment, startKey ?? undefined, run);
};

/** Begins to read a page before the one in front of it is written, unless it would only have to wait. */
const readAhead = (
  segment: number,
  startKey: Item,
  run: BackfillRun,
): Promise<ScanPage> | undefined => {
  if (run.rate.isLimited || !run.width.isWidest()) return undefined;
  const page = readPage(segment, startKey, run);
  page.catch(() => undefined); // for whoever waits for it, if anyone still does
  return page;
};

// Fewer than DynamoDB would return, so that a page is done with before the heap takes it for one that stays.
const MOST_ITEMS = 500;

const readPage = (
  segment: number,
  startKey: Item | undefined,
  run: BackfillRun,
): Promise<ScanPage> =>
  persist(async () => {
    const taken = await run.rate.take(run.signal);
    const limit = taken ?? MOST_ITEMS;
    const { table, totalSegments } = run;
    const request = { tableName: table.name, segment, totalSegments, startKey, limit };
    let read = 0;
    try {
      const page = await scanPage(request, run.signal);
      read = page.items.length;
      run.counts.readUnits += page.consumedUnits ?? 0;
      return page;
    } finally {
      if (taken !== undefined) run.rate.giveBack(taken - read);
    }
  }, persistence(run));
