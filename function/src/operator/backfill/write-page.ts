import type { ScanPage } from '../../aws/scan.ts';
import type { Rejection } from '../../core/dead-letter.ts';
import { JsonWriter } from '../../core/json-writer.ts';
import type { Refusal } from '../../core/judge.ts';
import { composeChanges } from '../../core/operation.ts';
import type { PageLimits } from '../../core/page.ts';
import type { Step } from '../../core/steps.ts';
import { isIndexed } from '../../core/where.ts';
import { deliver } from '../../delivery.ts';
import { type Ledger, newLedger } from '../../ledger.ts';
import { changeOf, keyOf } from '../known-item.ts';
import { dynamoDBNow, writingDeadline } from '../read-time.ts';
import { repairDocuments } from '../repair.ts';
import { storeRejections } from './rejections.ts';
import { type BackfillRun, slowDown } from './run.ts';
import { settleConflicts } from './settle-conflicts.ts';
import { OpenSearchUnavailable } from './unavailable.ts';

/**
 * Brings the items of a page into the index; when it returns, every one of them is settled, and only
 * then counted. @throws OpenSearchUnavailable when patience is over, and what S3's client throws
 */
export const writePage = async (page: ScanPage, run: BackfillRun): Promise<void> => {
  const outcomes: Outcomes = new Array(page.items.length).fill('unsettled');
  const rejections = [...(await deliverPage(page, outcomes, run))];
  rejections.push(...(await repairLeft(page, outcomes, run)));
  await storeRejections(rejections, run);
  for (const outcome of outcomes) if (outcome !== 'unsettled') run.counts[outcome]++;
  run.counts.read += outcomes.length;
  run.patience.renew();
  run.onHindrance(undefined);
};

/** What has become of each item of a page. */
type Outcomes = ('unsettled' | 'written' | 'superseded' | 'skipped' | 'rejected')[];

// What one page of a scan makes, 1 MB of DynamoDB's, goes out in one request nearly always.
const PAGE_LIMITS: PageLimits = { bytes: 4 * 1024 * 1024, operations: 20_000 };

const deliverPage = async (
  page: ScanPage,
  outcomes: Outcomes,
  run: BackfillRun,
): Promise<readonly Rejection[]> => {
  const ledger = newLedger();
  await deliver(stepsOf(page, outcomes, run), {
    ...run,
    ledger,
    deadline: writingDeadline(page.readTime.at, () => run.signal.aborted || run.patience.isOver()),
    refresh: undefined,
    pageLimits: PAGE_LIMITS,
    settleRereads: settleConflicts,
    now: () => dynamoDBNow(page.readTime),
  });
  enter(ledger, outcomes);
  heed(ledger.refusals.get(run.table), run);
  if (ledger.settled.length > 0) run.patience.renew();
  return ledger.rejected.map(({ rejection }) => rejection);
};

/** The operations that a page asks for, each composed when it is drawn, at the version of the read. */
function* stepsOf(
  { items, readTime }: ScanPage,
  outcomes: Outcomes,
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

const enter = ({ settled, rejected }: Ledger, outcomes: Outcomes): void => {
  for (const { positions, outcome } of settled) {
    for (const position of positions)
      outcomes[position] = outcome === 'superseded' ? outcome : 'written';
  }
  for (const { rejection } of rejected) outcomes[rejection.of.position] = 'rejected';
};

/** Acts on why OpenSearch refused something. */
const heed = (refusal: Refusal | undefined, run: BackfillRun): void => {
  if (refusal === undefined) {
    run.width.widen();
    return;
  }
  if (refusal.status === 429) slowDown(run);
  if ([400, 401, 403].includes(refusal.status)) run.patience.shorten();
  run.onHindrance(`OpenSearch: ${refusal.type}`);
};

/** Settles what is left of a page by what the table holds now; there is no hurry about that. */
const repairLeft = async (
  { items, readTime }: ScanPage,
  outcomes: Outcomes,
  run: BackfillRun,
): Promise<readonly Rejection[]> => {
  const { table } = run;
  const left = items.flatMap((item, position) =>
    outcomes[position] === 'unsettled'
      ? [changeOf({ table, key: keyOf(item, table), item }, readTime, position)]
      : [],
  );
  if (left.length === 0) return [];
  const suspects = left.map(({ id, keys }) => ({ table, id, key: keys }));
  const repaired = await repairDocuments(suspects, run);
  run.signal.throwIfAborted();
  run.counts.reread += left.length;
  return left.flatMap((change) => {
    const outcome = repaired.get(change.id);
    if (outcome === undefined || outcome.kind === 'unsettled')
      throw new OpenSearchUnavailable(table, outcome?.refusal);
    outcomes[change.position] = outcome.kind;
    // A repair knows the key only; the letter is to hold the item.
    return outcome.kind === 'rejected' ? [{ ...outcome.rejection, of: change }] : [];
  });
};
