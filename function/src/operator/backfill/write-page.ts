import type { ScanPage } from '../../aws/scan.ts';
import type { Rejection } from '../../core/dead-letter.ts';
import { keyOf } from '../../core/item-key.ts';
import { JsonWriter } from '../../core/json-writer.ts';
import type { Refusal } from '../../core/judge.ts';
import { composeChanges } from '../../core/operation.ts';
import type { PageLimits } from '../../core/page.ts';
import type { Step } from '../../core/steps.ts';
import { isIndexed } from '../../core/where.ts';
import { deliver } from '../../delivery.ts';
import { type Ledger, newLedger } from '../../ledger.ts';
import { OUT_OF_TIME } from '../../opensearch/bulk.ts';
import { openPageSize } from '../../opensearch/page-size.ts';
import { changeOf } from '../known-item.ts';
import { OpenSearchRefusal } from '../open-search-refusal.ts';
import { dynamoDBNow, writingDeadline } from '../read-time.ts';
import { type RepairOutcome, repairDocuments } from '../repair.ts';
import { storeRejections } from './rejections.ts';
import { type BackfillRun, slowDown } from './run.ts';
import { settleConflicts } from './settle-conflicts.ts';

/**
 * Brings the items of a page into the index; when it returns, every one of them is settled, and only
 * then counted. @throws OpenSearchRefusal when patience is over, and what S3's client throws
 */
export const writePage = async (page: ScanPage, run: BackfillRun): Promise<void> => {
  const work: PageWork = {
    ...page,
    outcomes: new Array(page.items.length).fill('unsettled'),
    rejections: [],
    refusal: undefined,
  };
  run.patience.renew(); // that it could be read is progress; at a low rate it may have been long in coming
  await deliverItems(work, run);
  await repairLeft(work, run);
  await storeRejections(work.rejections, run);
  for (const outcome of work.outcomes) if (outcome !== 'unsettled') run.counts[outcome]++;
  run.counts.read += page.items.length;
  run.onHindrance(undefined);
};

/** A page, and what has become of it so far. */
type PageWork = ScanPage & {
  /** By the position of the item. */
  readonly outcomes: ('unsettled' | 'written' | 'superseded' | 'skipped' | 'rejected')[];
  readonly rejections: Rejection[];
  /** Why something of it was not settled, the last time that OpenSearch said so. */
  refusal: Refusal | undefined;
};

// What one page of a scan makes, 1 MB of DynamoDB's, goes out in one request nearly always.
const PAGE_LIMITS: PageLimits = { bytes: 4 * 1024 * 1024, operations: 20_000 };

const deliverItems = async (work: PageWork, run: BackfillRun): Promise<void> => {
  const { readTime } = work;
  const ledger = newLedger();
  await deliver(stepsOf(work, run), {
    ...run,
    ledger,
    deadline: writingDeadline(readTime.at, () => {
      heedDenial(ledger.refusals.get(run.table), run);
      return run.signal.aborted || run.patience.isOver();
    }),
    refresh: undefined,
    pageLimits: PAGE_LIMITS,
    pageSize: openPageSize(),
    settleRereads: settleConflicts(run.counts),
    now: () => dynamoDBNow(readTime),
  });
  enter(ledger, work);
  if (ledger.settled.length > 0) run.patience.renew();
  const refusal = ledger.refusals.get(run.table);
  if (refusal === undefined) run.width.widen();
  else heed(refusal, work, run);
};

/** The operations that a page asks for, each composed when it is drawn, at the version of the read. */
function* stepsOf(
  { items, readTime, outcomes }: PageWork,
  { table }: BackfillRun,
): Generator<Step> {
  const writer = new JsonWriter();
  for (const [position, item] of items.entries()) {
    if (!isIndexed(item, table)) {
      outcomes[position] = 'skipped';
      continue;
    }
    const known = { table, key: keyOf(item, table), item };
    const { next, malformed } = composeChanges([changeOf(known, readTime, position)], writer);
    yield* malformed;
    if (next !== undefined) yield next;
  }
}

const enter = ({ settled, rejected }: Ledger, { outcomes, rejections }: PageWork): void => {
  for (const { positions, outcome } of settled) {
    for (const position of positions)
      outcomes[position] = outcome === 'superseded' ? outcome : 'written';
  }
  for (const { rejection } of rejected) {
    outcomes[rejection.of.position] = 'rejected';
    rejections.push(rejection);
  }
};

/** Acts on why OpenSearch refused something. That we were out of time says nothing of that. */
const heed = (refusal: Refusal, work: PageWork, run: BackfillRun): void => {
  if (refusal === OUT_OF_TIME.refusal) return;
  work.refusal = refusal;
  if (refusal.status === 429) slowDown(run);
  if ([400, 401, 403].includes(refusal.status)) run.patience.shorten();
  run.onHindrance(`OpenSearch: ${refusal.type}`, run.patience.leftMilliseconds());
};

const DENIED_PATIENCE_MILLISECONDS = 5000; // a password that was rotated is read again after the first denial

/** Acts on a denial before anything was written: nobody was let in yet, and that will not pass. */
const heedDenial = (refusal: Refusal | undefined, { counts, patience }: BackfillRun): void => {
  const isDenied = refusal !== undefined && [401, 403].includes(refusal.status);
  if (isDenied && counts.read === 0) patience.shorten(DENIED_PATIENCE_MILLISECONDS);
};

/** Settles what is left of a page by what the table holds now; there is no hurry about that. */
const repairLeft = async (work: PageWork, run: BackfillRun): Promise<void> => {
  const { table } = run;
  const action = `take items of ${table.name} into the index ${table.index}`;
  const left = work.items.flatMap((item, position) =>
    work.outcomes[position] === 'unsettled'
      ? [changeOf({ table, key: keyOf(item, table), item }, work.readTime, position)]
      : [],
  );
  const suspects = left.map(({ id, keys }) => ({ table, id, key: keys }));
  const outcomes = await repairDocuments(suspects, run);
  run.signal.throwIfAborted();
  run.counts.reread += left.length;
  for (const change of left) {
    const outcome = outcomes.get(change.id);
    if (outcome === undefined || outcome.kind === 'unsettled')
      throw new OpenSearchRefusal(action, refusalOf(outcome, work));
    work.outcomes[change.position] = outcome.kind;
    // A repair knows the key only; the letter is to hold the item.
    if (outcome.kind === 'rejected') work.rejections.push({ ...outcome.rejection, of: change });
  }
};

const refusalOf = (
  outcome: Extract<RepairOutcome, { kind: 'unsettled' }> | undefined,
  { refusal }: PageWork,
): Refusal | undefined => {
  const last = outcome?.refusal;
  return last === undefined || last === OUT_OF_TIME.refusal ? refusal : last;
};
