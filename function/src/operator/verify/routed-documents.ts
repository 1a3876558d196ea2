import type { Table } from '../../core/table.ts';
import { type Asking, askOpenSearch } from './ask-open-search.ts';
import type { DocumentHit } from './document-pages.ts';
import { readAs } from './read-answer.ts';

/**
 * Of documents those that nothing reaches without their routing, which no item's document has: they
 * lie in another shard than their ids say, maybe beside the right document of the same id.
 */
export const unreachableAmong = async (
  hits: readonly DocumentHit[],
  table: Table,
  tools: Asking,
): Promise<readonly DocumentHit[]> => {
  const routed = hits.filter(({ _routing: routing }) => routing !== undefined);
  if (routed.length === 0) return [];
  const reached = await routingsReached(
    routed.map(({ _id: id }) => id),
    table,
    tools,
  );
  return routed.filter(({ _routing: routing }, at) => reached[at] !== routing);
};

type Found = { readonly _routing?: string; readonly error?: unknown };

/** The routings of the documents that are found by their ids alone. */
const routingsReached = (
  ids: readonly string[],
  { index }: Table,
  tools: Asking,
): Promise<readonly (string | undefined)[]> =>
  askOpenSearch(
    {
      action: `return documents of ${index}`,
      request: {
        method: 'POST',
        path: `/${encodeURIComponent(index)}/_mget`,
        // Without its source a document is told with its routing only if that is asked for by name.
        query: { _source: 'false', stored_fields: '_routing' },
        body: Buffer.from(JSON.stringify({ ids })),
      },
      read: (answer) => readAs(answer, routingsIn),
    },
    tools,
  );

const routingsIn = ({ docs }: { readonly docs: readonly Found[] }) => {
  if (docs.some(({ error }) => error !== undefined)) throw new Error('one could not be read');
  return docs.map(({ _routing: routing }) => routing);
};
