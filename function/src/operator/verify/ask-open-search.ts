import type { Answer } from '../../core/answer.ts';
import type { ReadAnswer } from '../../core/held-document.ts';
import type { Request } from '../../opensearch/connection.ts';
import { TOO_LONG } from '../../opensearch/text-of.ts';
import { OpenSearchRefusal } from '../open-search-refusal.ts';
import { type AskingPatiently, askPatiently } from './ask-patiently.ts';
import type { VerifyTools } from './verification.ts';

/** A question to OpenSearch, and how its answer is read. */
export type Question<Value> = {
  /** What it is asked to do, as in "OpenSearch did not return documents". */
  readonly action: string;
  readonly request: Request;
  readonly read: (answer: Answer) => ReadAnswer<Value>;
};

/** What it takes to ask OpenSearch. */
export type Asking = AskingPatiently & Pick<VerifyTools, 'send'>;

const LONGEST_REQUEST_MILLISECONDS = 30_000;

/** Asks OpenSearch until it answers. @throws OpenSearchRefusal */
export const askOpenSearch = <Value>(
  { action, request, read }: Question<Value>,
  { send, ...asking }: Asking,
): Promise<Value> => {
  const ask = async () => {
    const answer = read(await send(request, LONGEST_REQUEST_MILLISECONDS));
    if (answer.kind === 'refused') throw new OpenSearchRefusal(action, answer.refusal);
    return answer.value;
  };
  return askPatiently(ask, asking, mayPass);
};

const MOST_DENIALS = 3; // a password that was rotated is read again after the first one

const mayPass = (error: unknown, failures: number): boolean => {
  if (!(error instanceof OpenSearchRefusal && error.refusal)) return true;
  const { status, type } = error.refusal;
  if (type === TOO_LONG) return false;
  if (status === 401 || status === 403) return failures < MOST_DENIALS;
  return status === 0 || status === 429 || status >= 500 || type === 'unexpected_answer';
};
