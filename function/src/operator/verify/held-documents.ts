import {
  type ExpectedDocument,
  type HeldDocument,
  readHeldDocuments,
} from '../../core/held-document.ts';
import type { Comparison } from '../../core/same-document.ts';
import type { Table } from '../../core/table.ts';
import { TOO_LONG } from '../../opensearch/text-of.ts';
import { OpenSearchRefusal } from '../open-search-refusal.ts';
import { type Asking, askOpenSearch } from './ask-open-search.ts';

/** How a table's documents are compared. */
export const comparisonFor = ({ pipeline }: Table): Comparison => ({
  mayHaveMore: pipeline !== undefined,
});

/**
 * Holds documents, as they are now, against what they should be; in the order of what is expected. It
 * asks for about a megabyte at once, and for half of that which is more than an answer can hold.
 */
export const holdDocuments = async (
  table: Table,
  expected: readonly ExpectedDocument[],
  tools: Asking,
): Promise<readonly HeldDocument[]> => {
  const held: HeldDocument[] = [];
  for (const some of chunksOf(expected)) held.push(...(await holdSome(table, some, tools)));
  return held;
};

const MOST_CHARACTERS = 1024 * 1024; // of what is expected, which is about what is answered

const chunksOf = function* (
  expected: readonly ExpectedDocument[],
): Generator<readonly ExpectedDocument[]> {
  let start = 0;
  let characters = 0;
  for (const [at, { text = '' }] of expected.entries()) {
    if (at > start && characters + text.length > MOST_CHARACTERS) {
      yield expected.slice(start, at);
      start = at;
      characters = 0;
    }
    characters += text.length;
  }
  if (start < expected.length) yield expected.slice(start);
};

const holdSome = async (
  table: Table,
  expected: readonly ExpectedDocument[],
  tools: Asking,
): Promise<readonly HeldDocument[]> => {
  try {
    return await askForDocuments(table, expected, tools);
  } catch (error) {
    const isTooMuch = error instanceof OpenSearchRefusal && error.refusal?.type === TOO_LONG;
    if (!isTooMuch || expected.length === 1) throw error;
  }
  const middle = expected.length >> 1;
  const first = await holdSome(table, expected.slice(0, middle), tools);
  return [...first, ...(await holdSome(table, expected.slice(middle), tools))];
};

const askForDocuments = (
  table: Table,
  expected: readonly ExpectedDocument[],
  tools: Asking,
): Promise<readonly HeldDocument[]> =>
  askOpenSearch(
    {
      action: `return documents of ${table.index}`,
      request: {
        method: 'POST',
        path: `/${encodeURIComponent(table.index)}/_mget`,
        body: Buffer.from(JSON.stringify({ ids: expected.map(({ id }) => id) })),
      },
      read: (answer) => readHeldDocuments(answer, expected, comparisonFor(table)),
    },
    tools,
  );
