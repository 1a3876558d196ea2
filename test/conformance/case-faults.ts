import type { ItemFault } from '../support/bulk-body.ts';
import type { Behaviour } from '../support/fault-proxy.ts';
import {
  answering,
  cutAfter,
  cutBefore,
  failingItems,
  healthy,
  inTurn,
  onBulk,
} from '../support/faults.ts';

/** What happens to a bulk request on its way to OpenSearch and back. */
export type BulkFault = {
  /** By document id; `*` is any. */
  readonly items?: { readonly [id: string]: ItemFault };
  /** The whole request is answered so and not passed on. */
  readonly status?: number;
  readonly body?: string;
  readonly type?: string;
  /** The request takes effect (`after`) or does not (`before`), and the connection is cut. */
  readonly reset?: 'before' | 'after';
  /** A longer body is answered 413. */
  readonly max_bytes?: number;
};

/** The faults of bulk requests in turn, and those of all. */
export type BulkFaults = { readonly each?: readonly BulkFault[]; readonly always?: BulkFault };

/** How a proxy behaves that bulk requests suffer these faults from. */
export const behaviourOf = ({ each = [], always = {} }: BulkFaults): Behaviour =>
  onBulk(
    inTurn(
      each.map((fault) => behaviourOfOne({ ...always, ...fault })),
      behaviourOfOne(always),
    ),
  );

const behaviourOfOne = (fault: BulkFault): Behaviour => {
  const { max_bytes: mostBytes = Number.POSITIVE_INFINITY } = fault;
  const tooLarge = answering(413);
  const small = behaviourOfSmall(fault);
  return (request, passOn) => (request.body.length > mostBytes ? tooLarge : small)(request, passOn);
};

const behaviourOfSmall = ({ items, status, body, type, reset }: BulkFault): Behaviour => {
  if (reset === 'before') return cutBefore;
  if (reset === 'after') return cutAfter;
  if (status !== undefined) {
    return answering(status, body ?? { error: { type: type ?? 'fault', reason: '' }, status });
  }
  return items === undefined ? healthy : failingItems((id) => items[id] ?? items['*']);
};
