import type { Judged } from './core/judge.ts';
import type { Operation, Reread } from './core/operation.ts';
import { type Page, type PageLimits, pagesOf } from './core/page.ts';
import type { Step } from './core/steps.ts';
import type { Deadline } from './deadline.ts';
import type { ExecutionEnvironment } from './execution-environment.ts';
import { add, type Ledger, rejectMalformed } from './ledger.ts';
import { judgeAll, OUT_OF_TIME, sendPage } from './opensearch/bulk.ts';
import { type Lanes, openLanes, sendPages } from './opensearch/lanes.ts';
import type { SentPage } from './opensearch/page-size.ts';
import { enterVerdicts, type Left } from './verdicts.ts';

/** What one delivery works with. */
export type DeliveryTools = Pick<ExecutionEnvironment, 'send' | 'indexes' | 'pageSize' | 'log'> & {
  readonly deadline: Deadline;
  readonly refresh: string | undefined;
  readonly pageLimits: PageLimits;
  readonly ledger: Ledger;
  readonly settleRereads: SettleRereads;
  /** The time by which versions are judged, in milliseconds since 1970. */
  readonly now: () => number;
};

/**
 * What is to be done about documents whose items must be looked at: because the record did not carry
 * the item, or because the index holds a version that clocks could explain.
 */
export type SettleRereads = (rereads: readonly Reread[], tools: DeliveryTools) => Promise<Left>;

/**
 * Brings steps to OpenSearch, in rounds, until each is settled or rejected in the ledger or no time is
 * left. Every key is in a round once at most, so no round can overtake another.
 */
export const deliver = async (steps: Iterable<Step>, tools: DeliveryTools): Promise<void> => {
  const lanes = openLanes();
  const rereads: Reread[] = []; // what is to be read before the next round
  let operations: Iterable<Operation> = operationsAmong(steps, rereads, tools.ledger);
  let doubted: readonly Judged[] = []; // to be decided on again by what the next round says of the others
  for (let round = 0; ; round++) {
    const left = enterVerdicts([...doubted, ...(await sendRound(operations, lanes, tools))], tools);
    doubted = left.doubted;
    rereads.push(...left.rereads);
    if (left.again.length + rereads.length === 0) return;
    const isFirstReading = round === 0 && left.again.length === 0;
    if (!isFirstReading && !(await tools.deadline.backOff(round))) return;
    const read = await tools.settleRereads(rereads.splice(0), tools);
    rereads.push(...read.rereads);
    operations = [...left.again, ...read.again];
  }
};

/** The operations among steps; the others are set aside where they belong. */
function* operationsAmong(
  steps: Iterable<Step>,
  rereads: Reread[],
  ledger: Ledger,
): Generator<Operation> {
  for (const step of steps) {
    switch (step.kind) {
      case 'operation':
        yield step;
        break;
      case 'reread':
        rereads.push(step);
        break;
      case 'malformed':
        rejectMalformed(ledger, step);
    }
  }
}

const sendRound = (
  operations: Iterable<Operation>,
  lanes: Lanes,
  tools: DeliveryTools,
): Promise<readonly Judged[]> =>
  sendPages(pagesOf(operations, limitsNow(tools)), (page) => sendPrepared(page, tools), lanes);

const limitsNow = ({ pageLimits: { bytes, operations }, pageSize }: DeliveryTools): PageLimits => ({
  bytes,
  operations: Math.min(operations, pageSize.most()),
});

const sendPrepared = async (page: Page, tools: DeliveryTools): Promise<readonly Judged[]> => {
  const [{ table }] = page;
  if (tools.deadline.forWork() === 0) return judgeAll(page, OUT_OF_TIME);
  const fault = await tools.indexes.prepare(table, tools.deadline);
  if (fault !== undefined) return judgeAll(page, fault);
  const onSent = (sent: SentPage) => {
    add(tools.ledger.bulkMilliseconds, table, sent.milliseconds);
    // Under wait_for every page waits for the index's next refresh, however small it is.
    if (tools.refresh !== 'wait_for') tools.pageSize.heed(sent);
  };
  return sendPage(page, { ...tools, onSent });
};
