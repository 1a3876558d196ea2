import type { DynamoDBBatchResponse } from 'aws-lambda';
import { accountFor, type Settlement, standing } from './core/account.ts';
import { deadLetters } from './core/dead-letter.ts';
import { deliveriesByTable, recordsOf } from './core/event.ts';
import { pageLimitsFor } from './core/page.ts';
import { stepsOf } from './core/steps.ts';
import type { StreamRecord } from './core/stream-record.ts';
import { storeDeadLetters } from './dead-letter-store.ts';
import { deliver } from './delivery.ts';
import type { Invocation } from './invocation.ts';
import { type Ledger, newLedger, type Rejected } from './ledger.ts';
import { report } from './report.ts';
import { settleByRereading } from './reread.ts';

/**
 * Makes the indexes equal to what an event says, and answers from where on it must come again.
 *
 * @throws ForeignEvent when the event is not for this function
 */
export const synchronize = async (
  event: unknown,
  invocation: Invocation,
): Promise<DynamoDBBatchResponse> => {
  const records = recordsOf(event);
  const deliveries = deliveriesByTable(records, invocation.configuration.tables);
  const ledger = newLedger();
  const refresh = invocation.refresh(records.length);
  const pageLimits = pageLimitsFor(records);
  const delivery = { ...invocation, refresh, pageLimits, ledger, settleRereads: settleByRereading };
  await deliver(stepsOf(deliveries), { ...delivery, now: Date.now });
  const deadLettered = await deadLetter(ledger, records, invocation);
  const account = accountFor(records, [...ledger.settled, ...deadLettered]);
  report(account, deliveries, ledger, invocation);
  const { retryFrom } = account;
  return { batchItemFailures: retryFrom === undefined ? [] : [{ itemIdentifier: retryFrom }] };
};

/**
 * Stores the letters of rejected records, table by table; the settlements of those that S3 has
 * confirmed. A record that comes again anyway waits for that, lest it lies in two letters.
 */
const deadLetter = async (
  { settled, rejected }: Ledger,
  records: readonly StreamRecord[],
  invocation: Invocation,
): Promise<readonly Settlement[]> => {
  const deadLettered: Settlement[] = [];
  // Of the tables that have not had their turn; these take turns in the order of their records.
  let waiting: readonly Rejected[] = [...rejected].sort(byPosition);
  for (const table of new Set(waiting.map(({ rejection }) => rejection.of.table))) {
    const due = standing(waiting, [...settled, ...deadLettered], records);
    const ofTable = due.filter(({ rejection }) => rejection.of.table === table);
    waiting = due.filter(({ rejection }) => rejection.of.table !== table);
    if (await isStored(ofTable, records, invocation)) {
      deadLettered.push(...ofTable.map(({ settlement }) => settlement));
    }
  }
  return deadLettered;
};

const byPosition = (one: Rejected, other: Rejected): number =>
  one.rejection.of.position - other.rejection.of.position;

const isStored = async (
  rejected: readonly Rejected[],
  records: readonly StreamRecord[],
  { configuration: { deadLetter }, ...tools }: Invocation,
): Promise<boolean> => {
  const [first, ...rest] = [...rejected].sort(byPosition).map(({ rejection }) => rejection);
  if (first === undefined) return true;
  const context = { prefix: deadLetter.prefix, records, now: new Date() };
  return storeDeadLetters(deadLetters([first, ...rest], context), deadLetter, tools);
};
