import type { Answer } from '../../core/answer.ts';
import type { ReadAnswer } from '../../core/held-document.ts';
import type { Refusal } from '../../core/judge.ts';
import type { Request } from '../../opensearch/connection.ts';
import { patienceOf } from '../patience.ts';
import { persist } from '../persist.ts';
import type { VerifyTools } from './verification.ts';

/** OpenSearch refused a request for good, or for too long. */
export class OpenSearchRefusal extends Error {
  override readonly name = 'OpenSearchRefusal';
  readonly refusal: Refusal;

  constructor(action: string, refusal: Refusal) {
    super(`OpenSearch did not ${action}: ${explain(refusal)}`);
    this.refusal = refusal;
  }
}

const explain = ({ status, type, reason }: Refusal): string => {
  const what = [type, reason].filter((text) => text !== '').join(': ');
  if (status === 0)
    return `${what}, it could not be reached. A domain in a VPC answers only from within it`;
  if (status === 401 || status === 403)
    return `${what} (HTTP ${status}). Whoever runs this needs the right to do so: in the access policy of the domain and, with fine-grained access control, by a role mapping`;
  return `${what} (HTTP ${status})`;
};

/** A question to OpenSearch, and how its answer is read. */
export type Question<Value> = {
  /** What it is asked to do, as in "OpenSearch did not return documents". */
  readonly action: string;
  readonly request: Request;
  readonly read: (answer: Answer) => ReadAnswer<Value>;
};

/** What it takes to ask. */
export type Asking = Pick<VerifyTools, 'send' | 'signal' | 'patienceMilliseconds'>;

const LONGEST_REQUEST_MILLISECONDS = 30_000;

/** Asks OpenSearch until it answers. @throws OpenSearchRefusal */
export const askOpenSearch = <Value>(
  { action, request, read }: Question<Value>,
  { send, signal, patienceMilliseconds }: Asking,
): Promise<Value> => {
  const ask = async () => {
    const answer = read(await send(request, LONGEST_REQUEST_MILLISECONDS));
    if (answer.kind === 'refused') throw new OpenSearchRefusal(action, answer.refusal);
    return answer.value;
  };
  return persist(ask, { signal, patience: patienceOf(patienceMilliseconds), mayPass });
};

const MOST_DENIALS = 3; // a password that was rotated is read again after the first one

const mayPass = (error: unknown, failures: number): boolean => {
  if (!(error instanceof OpenSearchRefusal)) return true;
  const { status, type } = error.refusal;
  if (status === 401 || status === 403) return failures < MOST_DENIALS;
  return status === 0 || status === 429 || status >= 500 || type === 'unexpected_answer';
};
