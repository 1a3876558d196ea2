import { setTimeout as sleep } from 'node:timers/promises';
import { faultOf } from '../../aws/fault.ts';
import type { Answer } from '../../core/answer.ts';
import type { ReadAnswer } from '../../core/held-document.ts';
import type { Refusal } from '../../core/judge.ts';
import type { Request } from '../../opensearch/connection.ts';
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

const LONGEST_REQUEST_MILLISECONDS = 30_000;

/** Asks OpenSearch until it answers. @throws OpenSearchRefusal */
export const askOpenSearch = <Value>(
  { action, request, read }: Question<Value>,
  { send, ...persistence }: Pick<VerifyTools, 'send'> & Persistence,
): Promise<Value> =>
  persist(async () => {
    const answer = read(await send(request, LONGEST_REQUEST_MILLISECONDS));
    if (answer.kind === 'refused') throw new OpenSearchRefusal(action, answer.refusal);
    return answer.value;
  }, persistence);

/** When to stop trying. */
export type Persistence = Pick<VerifyTools, 'signal' | 'patienceMilliseconds'>;

const USUAL_PATIENCE_MILLISECONDS = 120_000;
const FIRST_BACKOFF_MILLISECONDS = 100;
const LONGEST_BACKOFF_MILLISECONDS = 5000;

/**
 * Does something that changes nothing until it succeeds: throttling, resets and sick servers may pass,
 * and are waited for with full jitter. @throws what it threw last, once that is hopeless or two minutes old
 */
export const persist = async <Result>(
  attempt: () => Promise<Result>,
  { signal, patienceMilliseconds = USUAL_PATIENCE_MILLISECONDS }: Persistence,
): Promise<Result> => {
  const started = performance.now();
  for (let failures = 0; ; failures++) {
    try {
      signal.throwIfAborted();
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      const isOver = performance.now() - started > patienceMilliseconds;
      if (isOver || !mayPass(error, failures)) throw error;
    }
    const bound = Math.min(
      LONGEST_BACKOFF_MILLISECONDS,
      FIRST_BACKOFF_MILLISECONDS * 2 ** failures,
    );
    await sleep(Math.random() * bound, undefined, { signal });
  }
};

const MOST_DENIALS = 3; // a password that was rotated is read again after the first one

const mayPass = (error: unknown, failures: number): boolean => {
  if (error instanceof OpenSearchRefusal) {
    const { status, type } = error.refusal;
    if (status === 401 || status === 403) return failures < MOST_DENIALS;
    return status === 0 || status === 429 || status >= 500 || type === 'unexpected_answer';
  }
  return faultOf(error) !== 'lasting';
};
