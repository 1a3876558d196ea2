import type { DynamoDBBatchResponse } from 'aws-lambda';
import { accountFor, type Settlement } from './core/account.ts';
import { deadLetters } from './core/dead-letter.ts';
import { deliveriesByTable, recordsOf } from './core/event.ts';
import { stepsOf } from './core/steps.ts';
import type { StreamRecord } from './core/stream-record.ts';
import { storeDeadLetters } from './dead-letter-store.ts';
import { deliver } from './delivery.ts';
import type { Invocation } from './invocation.ts';
import { type Ledger, newLedger, type Rejected } from './ledger.ts';
import { report } from './report.ts';

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
  await deliver(stepsOf(deliveries), { ...invocation, refresh, ledger });
  const buried = await bury(ledger, records, invocation);
  const account = accountFor(records, [...ledger.settled, ...buried]);
  report(account, deliveries, ledger, invocation);
  const { retryFrom } = account;
  return { batchItemFailures: retryFrom === undefined ? [] : [{ itemIdentifier: retryFrom }] };
};

/**
 * Stores the letters of rejected records, table by table; the settlements of those that S3 has
 * confirmed. A record that comes again anyway waits for that, lest it lies in two letters.
 */
const bury = async (
  { settled, rejected }: Ledger,
  records: readonly StreamRecord[],
  invocation: Invocation,
): Promise<readonly Settlement[]> => {
  const buried: Settlement[] = [];
  let waiting: readonly Rejected[] = rejected; // of the tables that have not had their turn
  for (const table of new Set(rejected.map(({ rejection }) => rejection.of.table))) {
    const due = dueAmong(waiting, [...settled, ...buried], records);
    const ofTable = due.filter(({ rejection }) => rejection.of.table === table);
    waiting = due.filter(({ rejection }) => rejection.of.table !== table);
    if (await isStored(ofTable, records, invocation)) {
      buried.push(...ofTable.map(({ settlement }) => settlement));
    }
  }
  return buried;
};

/** Those rejected records, in their order, that do not come again if S3 takes the letters of all of them. */
const dueAmong = (
  rejected: readonly Rejected[],
  settled: readonly Settlement[],
  records: readonly StreamRecord[],
): readonly Rejected[] => {
  const all = [...settled, ...rejected.map(({ settlement }) => settlement)];
  const { outcomes } = accountFor(records, all);
  const due = rejected.filter(
    ({ rejection }) => outcomes[rejection.of.position] === 'dead_lettered',
  );
  // One that waits comes again from the first record of its key on, and draws others along.
  if (due.length < rejected.length) return dueAmong(due, settled, records);
  return [...due].sort((one, other) => one.rejection.of.position - other.rejection.of.position);
};

const isStored = async (
  rejected: readonly Rejected[],
  records: readonly StreamRecord[],
  { configuration: { deadLetter }, ...tools }: Invocation,
): Promise<boolean> => {
  const [first, ...rest] = rejected.map(({ rejection }) => rejection);
  if (first === undefined) return true;
  const context = { prefix: deadLetter.prefix, records, now: new Date() };
  return storeDeadLetters(deadLetters([first, ...rest], context), deadLetter, tools);
};
