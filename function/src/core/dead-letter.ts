import { hash } from 'node:crypto';
import { type Change, type Effect, type Malformed, wholeSecond } from './change.ts';
import type { Refusal } from './judge.ts';
import type { Action } from './operation.ts';
import { type StreamRecord, sequenceNumberOf } from './stream-record.ts';

/** A record that OpenSearch will never take, or that cannot be understood. */
export type Rejection = {
  readonly of: Change | Malformed;
  readonly operation: Action | null;
  readonly status: number | null;
  readonly error: { readonly type: string; readonly reason: string };
};

/** The rejection of a change by OpenSearch; the operation's last change is the one that is kept. */
export const rejectionOf = (
  change: Change,
  operation: Action,
  { status, type, reason }: Refusal,
): Rejection => ({ of: change, operation, status, error: { type, reason } });

/** The rejection of a record that cannot be understood. */
export const malformedRejection = (malformed: Malformed): Rejection => ({
  of: malformed,
  operation: malformed.effect && OPERATION[malformed.effect],
  status: null,
  error: { type: 'malformed_record', reason: malformed.reason },
});

const OPERATION = { put: 'index', remove: 'delete' } as const satisfies Record<Effect, Action>;

/** Where Lambda itself puts what it gives up; the name is AWS's. */
export const GIVEN_UP_PREFIX = 'aws/lambda/';

/** An object that keeps the rejected records of one invocation and table (contract §6). */
export type DeadLetters = { readonly key: string; readonly body: string };

/**
 * Puts rejected records of one table into one object. Its key depends on the records alone, so that a
 * repeat overwrites itself. `rejections` must be in the order of their records and not be empty.
 */
export const deadLetters = (
  rejections: readonly [Rejection, ...Rejection[]],
  context: {
    readonly prefix: string;
    readonly records: readonly StreamRecord[];
    readonly now: Date;
  },
): DeadLetters => {
  const [{ of: first }] = rejections;
  const day = dayOf([first.record, ...context.records]);
  const numbers = rejections.map(({ of }) => nameOf(of.record));
  const name = `${numbers[0]}-${hash('sha256', numbers.join('\n')).slice(0, 16)}.ndjson`;
  return {
    key: `${context.prefix}${first.table.name}/${day}/${name}`,
    body: rejections.map((rejection) => `${line(rejection, context.now)}\n`).join(''),
  };
};

/** The record's sequence number, or a name of its own, so that no two unnumbered records share an object. */
const nameOf = (record: StreamRecord): string =>
  sequenceNumberOf(record) ?? `unknown-${hash('sha256', JSON.stringify(record)).slice(0, 16)}`;

/** The UTC day, as path, of the first record that knows when it was made. */
const dayOf = (records: readonly StreamRecord[]): string => {
  const seconds = records.map(({ dynamodb }) => wholeSecond(dynamodb?.ApproximateCreationDateTime));
  const first = seconds.find((second) => second !== undefined) ?? 0;
  return new Date(first * 1000).toISOString().slice(0, 10).replaceAll('-', '/');
};

const line = ({ of, operation, status, error }: Rejection, now: Date): string =>
  JSON.stringify({
    table: of.table.name,
    index: of.table.index,
    id: of.id,
    operation,
    status,
    error,
    rejected_at: now.toISOString(),
    record: of.record,
  });
