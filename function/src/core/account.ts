import { type StreamRecord, sequenceNumberOf } from './stream-record.ts';

/** What becomes of a record: exactly one of these (contract §5). */
export type Outcome = 'written' | 'folded' | 'superseded' | 'dead_lettered' | 'retried';

/** Records that are done with: the last one had this outcome, and the others were folded into it. */
export type Settlement = {
  /** Where the records stand in their event. */
  readonly positions: readonly number[];
  readonly outcome: Exclude<Outcome, 'folded' | 'retried'>;
};

/** The account of an event. */
export type Account = {
  /** What became of each record, by position. */
  readonly outcomes: readonly Outcome[];
  /** The sequence number from which on everything must come again; undefined when all is settled. */
  readonly retryFrom: string | undefined;
};

/**
 * Accounts for every record of an event. What nobody settled comes again, and with it everything from
 * the lowest such sequence number on, whatever was done with it: that is what Lambda sends.
 */
export const accountFor = (
  records: readonly StreamRecord[],
  settlements: Iterable<Settlement>,
): Account => {
  const outcomes = settledOutcomes(records.length, settlements);
  if (!outcomes.includes('retried')) return { outcomes, retryFrom: undefined };
  const sequence = sequenceOf(records);
  const unsettled = sequence.filter((_, position) => outcomes[position] === 'retried');
  const lowest = unsettled.reduce((low, next) => (next.number < low.number ? next : low));
  const isRetried = sequence.map(({ number }) => number >= lowest.number);
  return {
    outcomes: outcomes.map((outcome, position) => (isRetried[position] ? 'retried' : outcome)),
    retryFrom: lowest.text,
  };
};

/** Something that is waiting to be settled. */
type Waiting = { readonly settlement: Settlement };

/**
 * Those that would not come again if all of them were settled besides what is settled already. One
 * that comes again does so from its first record on, and draws along what follows.
 */
export const standing = <Candidate extends Waiting>(
  waiting: readonly Candidate[],
  settled: Iterable<Settlement>,
  records: readonly StreamRecord[],
): readonly Candidate[] => {
  const all = [...settled, ...waiting.map(({ settlement }) => settlement)];
  const outcomes = settledOutcomes(records.length, all);
  const numbers = sequenceOf(records).map(({ number }) => number);
  const numberOf = ({ settlement }: Waiting, at: 0 | -1) =>
    numbers[settlement.positions.at(at) ?? -1] ?? BEFORE_ALL.number;
  const latestFirst = [...waiting].sort((a, b) => compare(numberOf(b, -1), numberOf(a, -1)));
  let lowest = lowestOf(numbers.filter((_, position) => outcomes[position] === 'retried'));
  const isDrawnAlong = (candidate: Candidate): boolean => {
    if (lowest === undefined || numberOf(candidate, -1) < lowest) return false;
    lowest = lowestOf([lowest, numberOf(candidate, 0)]);
    return true;
  };
  return latestFirst.filter((candidate) => !isDrawnAlong(candidate)).reverse();
};

const lowestOf = (numbers: readonly bigint[]): bigint | undefined =>
  numbers.reduce<bigint | undefined>(
    (low, next) => (low === undefined || next < low ? next : low),
    undefined,
  );

const compare = (one: bigint, other: bigint): number => Number(one - other);

const settledOutcomes = (length: number, settlements: Iterable<Settlement>): Outcome[] => {
  const outcomes = new Array<Outcome>(length).fill('retried');
  for (const { positions, outcome } of settlements) {
    for (const position of positions) outcomes[position] = 'folded';
    const last = positions.at(-1);
    if (last !== undefined) outcomes[last] = outcome;
  }
  return outcomes;
};

type SequenceNumber = { readonly text: string; readonly number: bigint };

// To Lambda an empty identifier fails the whole batch: the only way to have a record again that no number names.
const BEFORE_ALL: SequenceNumber = { text: '', number: -1n };

/** The sequence number of each record; one without its own comes again with the record before it. */
const sequenceOf = (records: readonly StreamRecord[]): readonly SequenceNumber[] => {
  let previous = BEFORE_ALL;
  return records.map((record) => {
    const text = sequenceNumberOf(record);
    if (text !== undefined) previous = { text, number: BigInt(text) };
    return previous;
  });
};

/** Counts of one table's records in one invocation. */
export type Tally = { readonly received: number } & { readonly [outcome in Outcome]: number };

/** How often each outcome stands at `positions`. */
export const tally = (outcomes: readonly Outcome[], positions: readonly number[]): Tally => {
  const counts = {
    received: 0,
    written: 0,
    folded: 0,
    superseded: 0,
    dead_lettered: 0,
    retried: 0,
  };
  for (const position of positions) {
    const outcome = outcomes[position];
    if (outcome === undefined) continue;
    counts.received += 1;
    counts[outcome] += 1;
  }
  return counts;
};
