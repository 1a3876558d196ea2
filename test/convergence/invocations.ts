import type { InvocationResult } from '../../scripts/local/lambda/invocation-result.ts';
import { type Account, type Answered, openAccount } from './account.ts';
import type { Fleet, Invoked } from './fleet.ts';
import type { Tally } from './tally.ts';
import type { Timeline } from './timeline.ts';

/** How Lambda invokes the function with the batches of one table, some of them more than once. */
export type Invocations = {
  readonly account: Account;
  readonly invoke: (event: string) => Promise<InvocationResult>;
  /** Records that were settled when a batch was delivered once more. */
  readonly settledAgain: () => number;
  /** A mapping begins anew: what was delivered before is not delivered once more by itself. */
  readonly forget: () => void;
};

/** What invocations are made of. */
export type InvocationsParts = {
  readonly fleet: Fleet;
  readonly timeline: Timeline;
  readonly tally: Tally;
  /** How many of the last batches are delivered once more after this one. */
  readonly nextDuplicates: () => number;
  /** Names the lane, of shard and concurrent batch, that a record belongs to. */
  readonly laneOf: (sequenceNumber: string) => string;
  /** Resolves when what is on its way to OpenSearch now has been answered. */
  readonly through: () => Promise<void>;
  readonly onViolation: (error: unknown) => void;
};

/** Opens the invocations of one table. */
export const openInvocations = (parts: InvocationsParts): Invocations => {
  const account = openAccount();
  const delivered = new Map<string, readonly string[]>(); // events that were settled, by lane, in their order
  let settledAgain = 0;
  return {
    account,
    settledAgain: () => settledAgain,
    forget: () => delivered.clear(),
    invoke: async (event) => {
      const { result, answered } = await invoke(event, account, parts);
      if (answered === undefined || answered.settled === 0) return result;
      const lane = parts.laneOf(answered.records[0]?.dynamodb.SequenceNumber ?? '');
      const settled = eventOf(answered.records.slice(0, answered.settled));
      const ofLane = [...(delivered.get(lane) ?? []), settled];
      delivered.set(lane, ofLane);
      const duplicates = answered.retryFrom === undefined ? parts.nextDuplicates() : 0;
      for (const again of ofLane.slice(ofLane.length - duplicates)) {
        const settledNow = await deliverAgain(again, account, parts);
        settledAgain += settledNow; // after the wait: other lanes count meanwhile
      }
      return result;
    },
  };
};

const invoke = async (event: string, account: Account, parts: InvocationsParts) => {
  const { fleet, timeline, tally } = parts;
  tally.count('work', 'invocations');
  const invoked = await fleet.invoke(event);
  // A request that was under way when its sender died arrives before the next one, or it is a late one.
  await parts.through();
  const { result } = invoked;
  const answered = enter({ event, invoked }, account, parts);
  timeline.note('mapping', `${describe(event)}: ${endingOf(result, answered)}`);
  tally.count('ending', result.kind);
  return { result, answered };
};

const enter = (
  { event, invoked }: { readonly event: string; readonly invoked: Invoked },
  account: Account,
  { onViolation }: InvocationsParts,
): Answered | undefined => {
  try {
    return account.enter(event, invoked);
  } catch (error) {
    onViolation(error);
    return undefined;
  }
};

const MOST_REDELIVERIES = 200;

/** Has a batch delivered until it is settled, as Lambda would; how many records were. */
const deliverAgain = async (
  event: string,
  account: Account,
  parts: InvocationsParts,
): Promise<number> => {
  parts.tally.count('fault', 'batch delivered once more');
  let settled = 0;
  let left = event;
  for (let tries = 0; tries < MOST_REDELIVERIES; tries++) {
    const { answered } = await invoke(left, account, parts);
    if (answered === undefined) continue;
    settled += answered.settled;
    if (answered.retryFrom === undefined) return settled;
    left = eventOf(answered.records.slice(answered.settled));
  }
  parts.onViolation(new Error(`a batch was not settled in ${MOST_REDELIVERIES} deliveries`));
  return settled;
};

const eventOf = (records: Answered['records']): string => JSON.stringify({ Records: records });

const describe = (event: string): string => {
  const numbers = [...event.matchAll(/"SequenceNumber":"(\d+)"/g)].map(([, number]) => number);
  return `${numbers.length} records from ${numbers[0]}`;
};

const endingOf = (result: InvocationResult, answered: Answered | undefined): string => {
  if (answered === undefined) return 'message' in result ? result.message : result.kind;
  return answered.retryFrom === undefined ? 'settled' : `again from ${answered.retryFrom}`;
};
