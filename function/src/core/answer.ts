import { parseJson } from './json-value.ts';
import type { AnswerItem, Refusal } from './judge.ts';

/** What came back for a request: an HTTP answer, or the name of what kept one from coming. */
export type Answer =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  | { readonly kind: 'unanswered'; readonly error: string };

/** What a bulk request's answer says about the request as a whole. */
export type BulkAnswer =
  /** It was looked at: one item for each operation, in their order. */
  | { readonly kind: 'items'; readonly items: readonly AnswerItem[] }
  /** Too much at once: its halves may pass. */
  | { readonly kind: 'too_large'; readonly refusal: Refusal }
  /** Some operation spoils it: its halves tell which. */
  | { readonly kind: 'bad_request'; readonly refusal: Refusal }
  /** A fault that may pass. */
  | { readonly kind: 'again'; readonly refusal: Refusal };

/** Reads the answer to a bulk request of `operations` operations; anything unexpected may pass. */
export const readBulkAnswer = (answer: Answer, operations: number): BulkAnswer => {
  const items =
    answer.kind === 'answered' && answer.status < 300 ? itemsIn(answer.body) : undefined;
  if (items?.length === operations) return { kind: 'items', items };
  const refusal = refusalIn(answer);
  if (refusal.status === 413) return { kind: 'too_large', refusal };
  return { kind: refusal.status === 400 ? 'bad_request' : 'again', refusal };
};

/** Why a request was refused, as far as its answer tells. */
export const refusalIn = (answer: Answer): Refusal => {
  if (answer.kind === 'unanswered') return { status: 0, type: answer.error, reason: '' };
  const body = parseJson(answer.body);
  const error = field(body, 'error');
  const type = field(error, 'type');
  // What stands before OpenSearch, such as a domain's access policy, says it in its own way.
  const reason = field(error, 'reason') ?? field(body, 'Message') ?? field(body, 'message');
  return {
    status: answer.status,
    type:
      typeof type === 'string'
        ? type
        : answer.status < 300
          ? 'unexpected_answer'
          : `http_${answer.status}`,
    reason: typeof reason === 'string' ? reason : '',
  };
};

const itemsIn = (body: string): readonly AnswerItem[] | undefined => {
  const items = field(parseJson(body), 'items');
  if (!Array.isArray(items)) return undefined;
  const read = items.map((item) => (isObject(item) ? Object.values(item)[0] : undefined));
  return read.every(isAnswerItem) ? read : undefined;
};

const isAnswerItem = (item: unknown): item is AnswerItem => {
  const error = field(item, 'error');
  const texts = [field(error, 'type'), field(error, 'reason')];
  return typeof field(item, 'status') === 'number' && texts.every(isTextOrNone);
};

// An exception of OpenSearch's without a message has null for its reason.
const isTextOrNone = (value: unknown): boolean =>
  typeof value === 'string' || value === undefined || value === null;

const field = (value: unknown, name: string): unknown =>
  isObject(value) ? value[name] : undefined;

const isObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null;
