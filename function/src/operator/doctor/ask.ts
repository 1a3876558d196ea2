import type { Answer } from '../../core/answer.ts';
import { parseJson } from '../../core/json-value.ts';
import type { Request, Send } from '../../opensearch/connection.ts';

/** What OpenSearch said: the JSON of a success, or the answer that is none. */
export type Reply =
  | { readonly kind: 'success'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly answer: Answer };

/** A question to OpenSearch, without what its connection adds. */
export type Question = Pick<Request, 'method' | 'path' | 'query'> & { readonly body?: object };

/** Asks OpenSearch; it throws nothing but the reason for which it was told to stop. */
export type Ask = (question: Question) => Promise<Reply>;

const LONGEST_MILLISECONDS = 10_000;

/** Questions through `send`, until the signal. */
export const askThrough =
  (send: Send, signal: AbortSignal): Ask =>
  async ({ body, ...question }) => {
    const request = { ...question, ...(body && { body: Buffer.from(JSON.stringify(body)) }) };
    const answer = await unlessAborted(send(request, LONGEST_MILLISECONDS), signal);
    const value = answer.kind === 'answered' ? parseJson(answer.body) : undefined;
    const isSuccess = answer.kind === 'answered' && answer.status < 300 && value !== undefined;
    return isSuccess ? { kind: 'success', value } : { kind: 'refused', answer };
  };

const unlessAborted = <Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> =>
  new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });

/** The status of a reply; 0 where there was no answer. */
export const statusOf = (reply: Reply): number => {
  if (reply.kind === 'success') return 200;
  return reply.answer.kind === 'answered' ? reply.answer.status : 0;
};
