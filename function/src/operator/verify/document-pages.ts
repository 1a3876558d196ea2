import type { Table } from '../../core/table.ts';
import type { Request } from '../../opensearch/connection.ts';
import { askOpenSearch } from './ask-open-search.ts';
import type { IndexPart, IndexReading } from './index-parts.ts';
import { closePointInTime, json, KEEP_ALIVE, openPointInTime } from './point-in-time.ts';
import { readAs } from './read-answer.ts';

/** A document as an enumeration of the index tells it. */
export type DocumentHit = {
  readonly _id: string;
  readonly _version: number;
  /** By what its shard was chosen, where that was not its id. */
  readonly _routing?: string;
  /** Names of the fields that OpenSearch ignored as malformed. */
  readonly _ignored?: readonly string[];
};

const PAGE_DOCUMENTS = 10_000; // the most that OpenSearch gives at once, by default

/** How far the documents of a part of the index have been read. */
export type DocumentPosition = {
  /** OpenSearch's id of the point in time; null where none is open. */
  pointInTime: string | null;
  /** Where the last page ended, in OpenSearch's words; null at the beginning. */
  after: unknown;
  isAtEnd: boolean;
  /** How often a point in time was lost. */
  losses: number;
};

/** The beginning of a part. */
export const firstPosition = (): DocumentPosition => ({
  pointInTime: null,
  after: null,
  isAtEnd: false,
  losses: 0,
});

/** Which documents are read, and from where on. */
export type DocumentReading = {
  readonly table: Table;
  readonly part: IndexPart;
  /** Moved behind a page once whoever reads has done with it. */
  readonly position: DocumentPosition;
};

/**
 * Enumerates the documents of a part as they were when it began, page by page, until it is at its end or
 * work is to end; one page at least. It reads from a point in time,
 * and not by a scroll: a page whose answer was lost can be asked for again. In a shard, documents are
 * taken in their own order, which costs nothing; shards that cannot be told apart take that of the ids.
 *
 * @throws OpenSearchRefusal, with status 404 when the point in time was lost
 */
export async function* pagesOfDocuments(
  { table, part, position }: DocumentReading,
  tools: IndexReading,
): AsyncGenerator<readonly DocumentHit[]> {
  while (!position.isAtEnd) {
    const pointInTime = position.pointInTime ?? (await openPointInTime(table, part, tools));
    if (pointInTime !== undefined) {
      position.pointInTime = pointInTime;
      const hits = await searchPage(
        pointInTime,
        { part, after: position.after },
        { ...tools, table },
      );
      if (hits.length > 0) yield hits;
      position.after = hits.at(-1)?.sort ?? position.after;
      position.isAtEnd = hits.length < PAGE_DOCUMENTS;
    } else position.isAtEnd = true;
    if (tools.ending?.aborted) break;
  }
  if (position.isAtEnd) await closeDocuments(position, tools);
}

/** Has OpenSearch forget the point in time of a position that nobody goes on from. */
export const closeDocuments = async (
  position: DocumentPosition,
  tools: IndexReading,
): Promise<void> => {
  if (position.pointInTime !== null) await closePointInTime(position.pointInTime, tools);
  position.pointInTime = null;
};

const HIT_FIELDS = ['_id', '_version', '_routing', '_ignored', 'sort'];

type Hit = DocumentHit & { readonly sort: unknown };

type Place = { readonly part: IndexPart; readonly after: unknown };

const searchPage = (
  pointInTime: string,
  { part, after }: Place,
  { table, ...tools }: IndexReading & { readonly table: Table },
): Promise<readonly Hit[]> => {
  const body = {
    size: PAGE_DOCUMENTS,
    pit: { id: pointInTime, keep_alive: KEEP_ALIVE },
    sort: [part.shard === undefined ? '_id' : '_doc'],
    ...(after !== null && { search_after: after }),
    _source: false,
    version: true,
    track_total_hits: false,
  };
  const query = {
    allow_partial_search_results: 'false',
    filter_path: ['timed_out', ...HIT_FIELDS.map((field) => `hits.hits.${field}`)].join(),
  };
  const request: Request = { method: 'POST', path: '/_search', query, body: json(body) };
  const action = `return the ids of documents of ${table.index}`;
  return askOpenSearch({ action, request, read: (answer) => readAs(answer, hitsIn) }, tools);
};

const hitsIn = (answer: {
  readonly timed_out: boolean;
  readonly hits?: { readonly hits?: readonly Hit[] };
}): readonly Hit[] => {
  if (answer.timed_out !== false) throw new Error('the page is not whole');
  return answer.hits?.hits ?? [];
};
