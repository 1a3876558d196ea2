import { type Answer, refusalIn } from '../core/answer.ts';
import type { Refusal } from '../core/judge.ts';
import type { DocumentState } from '../core/operation.ts';
import type { Table } from '../core/table.ts';
import type { Send } from './connection.ts';

/** The states of documents by id, without those that do not exist; or why they cannot be told. */
export type DocumentStates =
  | { readonly kind: 'states'; readonly states: ReadonlyMap<string, DocumentState> }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

const ANSWER_FIELDS =
  'error.type,error.reason,docs._id,docs.found,docs._seq_no,docs._primary_term,docs.error.type,docs.error.reason';

/** Asks for the states of documents, as of now, whether searches see them yet or not. */
export const readDocumentStates = async (
  { index }: Table,
  ids: readonly string[],
  { send, timeoutMilliseconds }: { readonly send: Send; readonly timeoutMilliseconds: number },
): Promise<DocumentStates> => {
  const answer = await send(
    {
      method: 'POST',
      path: `/${encodeURIComponent(index)}/_mget`,
      query: { _source: 'false', filter_path: ANSWER_FIELDS },
      body: Buffer.from(JSON.stringify({ ids })),
    },
    timeoutMilliseconds,
  );
  return statesIn(answer, ids.length);
};

const statesIn = (answer: Answer, expected: number): DocumentStates => {
  const found =
    answer.kind === 'answered' && answer.status === 200 ? parse(answer.body) : undefined;
  if (found?.length !== expected) return { kind: 'refused', refusal: refusalIn(answer) };
  const faulty = found.find(({ error }) => error && error.type !== 'index_not_found_exception');
  if (faulty?.error) {
    const { type = 'unknown', reason = '' } = faulty.error;
    return { kind: 'refused', refusal: { status: 200, type, reason } };
  }
  return { kind: 'states', states: new Map(found.flatMap(stateOf)) };
};

/** What an answer says of one document, as far as we ask for it. */
type Found = {
  readonly _id: string;
  readonly found?: boolean;
  readonly _seq_no?: number;
  readonly _primary_term?: number;
  readonly error?: { readonly type?: string; readonly reason?: string };
};

// The edge: beyond the list we trust OpenSearch with the form of its own answer.
const parse = (body: string): readonly Found[] | undefined => {
  try {
    const { docs }: { readonly docs?: readonly Found[] } = JSON.parse(body);
    return docs;
  } catch {
    return undefined;
  }
};

const stateOf = ({ _id, found, _seq_no, _primary_term }: Found): [string, DocumentState][] =>
  found === true && _seq_no !== undefined && _primary_term !== undefined
    ? [[_id, { seqNo: _seq_no, primaryTerm: _primary_term }]]
    : [];
