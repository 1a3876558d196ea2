import type { Settlement } from './core/account.ts';
import type { Malformed } from './core/change.ts';
import { malformedRejection, type Rejection, rejectionOf } from './core/dead-letter.ts';
import type { Refusal } from './core/judge.ts';
import type { Operation } from './core/operation.ts';
import type { Table } from './core/table.ts';

/** What OpenSearch has acknowledged. */
export type Acknowledged = Settlement & {
  readonly table: Table;
  /** From the creation of the record to its acknowledgement. */
  readonly freshnessMilliseconds: number;
};

/** A rejection, and the settlement that it is worth once its letter is stored. */
export type Rejected = { readonly rejection: Rejection; readonly settlement: Settlement };

/** What an invocation has come to so far; what stands in neither list comes again. */
export type Ledger = {
  readonly settled: Acknowledged[];
  readonly rejected: Rejected[];
  /** Milliseconds spent in bulk requests, by table. */
  readonly bulkMilliseconds: Map<Table, number>;
  /** Items read from the table, by table. */
  readonly rereads: Map<Table, number>;
  /** The last refusal that kept records of a table from being settled. */
  readonly refusals: Map<Table, Refusal>;
};

/** A ledger with nothing in it. */
export const newLedger = (): Ledger => ({
  settled: [],
  rejected: [],
  bulkMilliseconds: new Map(),
  rereads: new Map(),
  refusals: new Map(),
});

/** OpenSearch has taken an operation, or holds something newer. */
export const settle = (
  { settled }: Ledger,
  { table, changes }: Pick<Operation, 'table' | 'changes'>,
  outcome: 'written' | 'superseded',
): void => {
  const last = changes.at(-1);
  if (last === undefined) return;
  const positions = changes.map(({ position }) => position);
  const freshnessMilliseconds = Math.max(0, Date.now() - last.createdAtSeconds * 1000);
  settled.push({ table, positions, outcome, freshnessMilliseconds });
};

/** OpenSearch will never take an operation. */
export const reject = ({ rejected }: Ledger, operation: Operation, refusal: Refusal): void => {
  const last = operation.changes.at(-1);
  if (last === undefined) return;
  const positions = operation.changes.map(({ position }) => position);
  rejected.push({
    rejection: rejectionOf(last, operation.action, refusal),
    settlement: { positions, outcome: 'dead_lettered' },
  });
};

/** A record cannot be understood. */
export const rejectMalformed = ({ rejected }: Ledger, malformed: Malformed): void => {
  rejected.push({
    rejection: malformedRejection(malformed),
    settlement: { positions: [malformed.position], outcome: 'dead_lettered' },
  });
};

/** Adds to a table's figure. */
export const add = (figures: Map<Table, number>, table: Table, amount: number): void => {
  figures.set(table, (figures.get(table) ?? 0) + amount);
};
