import { assertBalance } from '../support/balance.ts';
import { metricLines } from '../support/metric-lines.ts';
import type { Invoked } from './fleet.ts';

/** A record as an event has it, as far as an account has to know it. */
type EventRecord = { readonly dynamodb: { readonly SequenceNumber: string } };

/** What an answer settles, by the books of whoever asked. */
export type Answered = {
  /** Undefined when all was settled. */
  readonly retryFrom: string | undefined;
  readonly records: readonly EventRecord[];
  readonly settled: number;
};

/** Counts of one table over all invocations that answered, as the function's metrics have them. */
export type Account = {
  readonly counts: ReadonlyMap<string, number>;
  /**
   * Enters an invocation; undefined where it gave no answer, and what it did counts for nothing.
   *
   * @throws AssertionError when its counts do not add up, or are not those of its answer
   */
  readonly enter: (event: string, invoked: Invoked) => Answered | undefined;
};

/** Opens an account. */
export const openAccount = (): Account => {
  const counts = new Map<string, number>();
  return {
    counts,
    enter: (event, { result, lines }) => {
      if (result.kind !== 'answered') return undefined;
      const { Records: records }: { Records: readonly EventRecord[] } = JSON.parse(event);
      const retryFrom = retryFromIn(result.payload);
      const metrics = metricLines(lines);
      assertBalance(records, retryFrom, metrics);
      for (const line of metrics)
        for (const name of COUNTED) counts.set(name, (counts.get(name) ?? 0) + Number(line[name]));
      return { retryFrom, records, settled: settledIn(records, retryFrom) };
    },
  };
};

const COUNTED = [
  'Received',
  'Written',
  'Folded',
  'Superseded',
  'DeadLettered',
  'Retried',
  'Reread',
];

const retryFromIn = (payload: string): string | undefined => {
  const { batchItemFailures }: { batchItemFailures: readonly { itemIdentifier: string }[] } =
    JSON.parse(payload);
  return batchItemFailures[0]?.itemIdentifier;
};

const settledIn = (records: readonly EventRecord[], retryFrom: string | undefined): number =>
  retryFrom === undefined
    ? records.length
    : records.filter(({ dynamodb }) => BigInt(dynamodb.SequenceNumber) < BigInt(retryFrom)).length;
