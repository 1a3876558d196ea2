import { type Answer, refusalIn } from './answer.ts';
import { JsonReader } from './json-reader.ts';
import type { Refusal } from './judge.ts';
import { type Comparison, type FieldDifference, readDifference } from './same-document.ts';

/** A document as it should be; `text` is its JSON, undefined when there should be none. */
export type ExpectedDocument = { readonly id: string; readonly text: string | undefined };

/** What the index holds under an id, against what it should. */
export type HeldDocument =
  | { readonly kind: 'absent' }
  | { readonly kind: 'equal'; readonly version: number }
  | DifferentDocument;

/** A document that is not what it should be. */
export type DifferentDocument = {
  readonly kind: 'different';
  readonly version: number;
  /** Undefined where there should be no document at all. */
  readonly difference: FieldDifference | undefined;
  /** Its JSON text; undefined where the index keeps none. */
  readonly source: string | undefined;
};

/** What an answer says, or why it does not. */
export type ReadAnswer<Value> =
  | { readonly kind: 'read'; readonly value: Value }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

type HeldAnswer = ReadAnswer<readonly HeldDocument[]>;

/** Reads the answer to a multi-get of the expected documents, in one pass. An index that does not exist holds nothing. */
export const readHeldDocuments = (
  answer: Answer,
  expected: readonly ExpectedDocument[],
  comparison: Comparison,
): HeldAnswer => {
  if (answer.kind === 'unanswered' || answer.status !== 200)
    return { kind: 'refused', refusal: refusalIn(answer) };
  try {
    return readAll(answer.body, expected, comparison);
  } catch {
    return { kind: 'refused', refusal: UNEXPECTED }; // a proxy's page, or half an answer
  }
};

const UNEXPECTED: Refusal = { status: 200, type: 'unexpected_answer', reason: '' };

const readAll = (
  body: string,
  expected: readonly ExpectedDocument[],
  comparison: Comparison,
): HeldAnswer => {
  const documents: HeldDocument[] = [];
  let refusal: Refusal | undefined; // of the first document that could not be read
  const reader = new JsonReader(body);
  const readOne = () => {
    const wanted = expected[documents.length];
    const entry = readEntry(reader, wanted?.text, comparison);
    if (entry.id !== wanted?.id) throw new SyntaxError('the answer speaks of another document');
    documents.push(heldDocument(entry, wanted?.text));
    refusal ??= entry.refusal;
  };
  reader.object((name) => (name === 'docs' ? reader.array(readOne) : reader.skip()));
  if (refusal !== undefined) return { kind: 'refused', refusal };
  return documents.length === expected.length
    ? { kind: 'read', value: documents }
    : { kind: 'refused', refusal: UNEXPECTED };
};

/** What the answer says of one document, while it is read. */
type Entry = {
  id: string | undefined;
  version: number;
  isFound: boolean;
  difference: FieldDifference | undefined;
  source: string | undefined;
  refusal: Refusal | undefined;
};

const readEntry = (reader: JsonReader, text: string | undefined, comparison: Comparison): Entry => {
  // Until its source has been read a document differs as a whole: an index may keep none.
  const difference = { path: '_source', table: text, index: undefined };
  const entry: Entry = {
    id: undefined,
    version: Number.NaN,
    isFound: false,
    difference,
    source: undefined,
    refusal: undefined,
  };
  reader.object((name) => {
    if (name === '_id') entry.id = reader.string();
    else if (name === '_version') entry.version = Number(reader.span());
    else if (name === 'found') entry.isFound = reader.span() === 'true';
    else if (name === 'error') entry.refusal = refusalOf(reader.span());
    else if (name !== '_source') reader.skip();
    else if (text !== undefined && reader.takes(text)) entry.difference = undefined;
    else {
      entry.source = reader.span();
      if (text === undefined) return;
      entry.difference = readDifference(text, new JsonReader(entry.source), comparison);
    }
  });
  return entry;
};

const heldDocument = (entry: Entry, text: string | undefined): HeldDocument => {
  const { isFound, version, difference, source } = entry;
  if (!isFound) return { kind: 'absent' };
  if (text === undefined) return { kind: 'different', version, difference: undefined, source };
  return difference === undefined
    ? { kind: 'equal', version }
    : { kind: 'different', version, difference, source };
};

/**
 * Why a document could not be read; an index that does not exist is no reason. OpenSearch gives no
 * status: the shard is away, or has too much to do, unless the name stands for several indexes.
 */
const refusalOf = (error: string): Refusal | undefined => {
  const body = `{"error":${error}}`;
  const refusal = refusalIn({ kind: 'answered', status: 503, body });
  if (refusal.type === 'index_not_found_exception') return undefined;
  return refusal.type === 'illegal_argument_exception' ? { ...refusal, status: 400 } : refusal;
};
