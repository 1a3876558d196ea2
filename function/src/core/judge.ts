import type { Operation } from './operation.ts';
import { CLOCK_TOLERANCE, latestVersion, nextVersion } from './version.ts';

/** Why OpenSearch refused a document, in its own words. */
export type Refusal = {
  readonly status: number;
  readonly type: string;
  /** May quote attribute values: for the dead letter, never for a log. */
  readonly reason: string;
};

/** What OpenSearch's answer to an operation means (contract §5). */
export type Verdict =
  | { readonly kind: 'written' }
  | { readonly kind: 'superseded' }
  /** Settle it by what the table holds now, at this version. */
  | { readonly kind: 'reread'; readonly version: bigint }
  | { readonly kind: 'rejected'; readonly refusal: Refusal }
  /** A fault that may pass: the same again after a while. */
  | { readonly kind: 'again'; readonly refusal: Refusal }
  /** The index is gone and was not made anew by itself: make it, then the same again. */
  | { readonly kind: 'index_missing'; readonly refusal: Refusal }
  /** The cluster's or the configuration's fault, which sending it again would not mend. */
  | { readonly kind: 'hopeless'; readonly refusal: Refusal };

/** A verdict, or that the request of this operation alone was a bad one: see {@link decide}. */
export type Judgement = Verdict | { readonly kind: 'refused_alone'; readonly refusal: Refusal };

/** An operation and what was said of it. */
export type Judged = { readonly operation: Operation; readonly judgement: Judgement };

/** An operation and what is to be done about it. */
export type Decided = { readonly operation: Operation; readonly verdict: Verdict };

/** One item of a bulk answer, as far as we ask for it. */
export type AnswerItem = {
  readonly status: number;
  readonly error?: { readonly type?: string | null; readonly reason?: string | null };
};

const WRITTEN: Verdict = { kind: 'written' };
const SUPERSEDED: Verdict = { kind: 'superseded' };

/** Judges one item of a bulk answer. `nowMilliseconds` bounds which versions a clock can explain. */
export const judgeItem = (
  operation: Operation,
  item: AnswerItem,
  nowMilliseconds: number,
): Verdict => {
  const { status } = item;
  if (isSuccess(status) || (status === 404 && operation.action === 'delete')) return WRITTEN;
  const refusal = refusalOf(item);
  if (status === 409) return judgeConflict(operation, refusal, nowMilliseconds);
  if (mayPass(status, refusal.type)) return { kind: 'again', refusal };
  if (refusal.type === 'index_not_found_exception') return { kind: 'index_missing', refusal };
  if (status === 400 && isNotTheDocument(refusal)) return { kind: 'hopeless', refusal };
  return { kind: 'rejected', refusal };
};

const refusalOf = ({ status, error }: AnswerItem): Refusal => ({
  status,
  type: error?.type ?? 'unknown',
  reason: error?.reason ?? '',
});

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

const mayPass = (status: number, type: string): boolean =>
  status < 400 ||
  status === 401 ||
  status === 403 ||
  status === 429 ||
  status >= 500 ||
  type === 'cluster_block_exception';

// The last two are told by how their reasons begin: OpenSearch uses the one type for them and for a document's own
// faults, whose reasons can quote anything further on.
const isNotTheDocument = ({ type, reason }: Refusal): boolean =>
  type === 'index_closed_exception' ||
  type === 'validation_exception' ||
  (type === 'illegal_argument_exception' &&
    (reason.startsWith('pipeline with id [') ||
      reason.startsWith('no write index is defined for alias')));

// The last one: the reason begins with the document's id, which may read like this. Without `^` a long reason that has
// none would be tried again from each of its characters.
const CURRENT_VERSION = /^.*current version \[(\d{1,19})\]/s;

/**
 * A version that is far ahead of ours, but not of the clock, belongs to a change that came later.
 * One that differs by less could be a clock that stepped back, and one in the future is nobody's change: ask the table.
 */
const judgeConflict = (
  { version }: Operation,
  { reason }: Refusal,
  nowMilliseconds: number,
): Verdict => {
  const current = BigInt(CURRENT_VERSION.exec(reason)?.[1] ?? version);
  const isLater = current > version + CLOCK_TOLERANCE;
  const isPast = current <= latestVersion(nowMilliseconds);
  if (isLater && isPast) return SUPERSEDED;
  // Above what is there, so that the write which it comes from cannot undo this one when it is applied once more, late.
  return { kind: 'reread', version: current > version ? nextVersion(current) : version };
};

const MOST_GUILTY_OPERATIONS = 9;

/**
 * Decides on the operations of one table. Those whose requests were refused although they stood alone
 * are to blame, unless every one of ten or more was refused so, which speaks of the configuration.
 * Operations that a passing fault kept from being looked at say nothing for the others.
 */
export const decide = (judged: readonly Judged[]): readonly Decided[] => {
  const isEveryOne = judged.every(({ judgement }) => isNoOther(judgement));
  const kind = isEveryOne && judged.length > MOST_GUILTY_OPERATIONS ? 'hopeless' : 'rejected';
  return judged.map(({ operation, judgement }) =>
    judgement.kind === 'refused_alone'
      ? { operation, verdict: { kind, refusal: judgement.refusal } }
      : { operation, verdict: judgement },
  );
};

const isNoOther = ({ kind }: Judgement): boolean => kind === 'refused_alone' || kind === 'again';
