import { type Answer, refusalIn } from '../../core/answer.ts';
import type { ReadAnswer } from '../../core/held-document.ts';
import type { Table } from '../../core/table.ts';
import type { Request } from '../../opensearch/connection.ts';
import { askOpenSearch, OpenSearchRefusal, type Persistence } from './persist.ts';
import type { VerifyTools } from './verification.ts';

/** A document as an enumeration of the index tells it. */
export type DocumentHit = {
  readonly _id: string;
  readonly _version: number;
  /** Names of the fields that OpenSearch ignored as malformed. */
  readonly _ignored?: readonly string[];
};

/** A part of an index that is enumerated by itself: a shard, or all of it where shards cannot be told apart. */
export type IndexPart = { readonly shard: number | undefined };

type Tools = Pick<VerifyTools, 'send' | 'isServerless'> & Persistence;

/** The parts of the table's index; none where it does not exist. */
export const partsOfIndex = async (
  { index }: Table,
  tools: Tools,
): Promise<readonly IndexPart[]> => {
  if (tools.isServerless) return [{ shard: undefined }];
  const path = `/${encodeURIComponent(index)}/_search_shards`;
  const shards = await askOpenSearch(
    {
      action: `tell the shards of ${index}`,
      request: { method: 'GET', path, query: { filter_path: 'shards.index,shards.shard' } },
      read: (answer) => (isMissing(answer) ? NO_SHARDS : readAs(answer, shardsIn)),
    },
    tools,
  );
  if (new Set(shards.map((shard) => shard.index)).size > 1)
    throw new Error(
      `${index} is an alias of several indexes, which OpenSearch reads no single document from: let it name one`,
    );
  return shards.map(({ shard }) => ({ shard }));
};

type Shard = { readonly index: string; readonly shard: number };

const NO_SHARDS: ReadAnswer<readonly Shard[]> = { kind: 'read', value: [] };

// An index that is not there has no shards, or is not there to be asked for them.
const shardsIn = (answer: { readonly shards?: readonly (readonly Shard[])[] }): readonly Shard[] =>
  answer.shards?.flatMap((copies) => copies.slice(0, 1)) ?? [];

const PAGE_DOCUMENTS = 10_000; // the most that OpenSearch gives at once, by default

/**
 * Enumerates the documents of a part as they were when it began, page by page. It reads from a point in time,
 * and not by a scroll: a page whose answer was lost can be asked for again. In a shard, documents are
 * taken in their own order, which costs nothing; shards that cannot be told apart take that of the ids.
 *
 * @throws OpenSearchRefusal, with status 404 when the point in time was lost
 */
export async function* pagesOfDocuments(
  table: Table,
  part: IndexPart,
  tools: Tools,
): AsyncGenerator<readonly DocumentHit[]> {
  const pointInTime = await openPointInTime(table, part, tools);
  if (pointInTime === undefined) return;
  try {
    let after: unknown; // where the last page ended, in OpenSearch's words
    for (;;) {
      const hits = await searchPage(pointInTime, { part, after }, { ...tools, table });
      if (hits.length > 0) yield hits;
      if (hits.length < PAGE_DOCUMENTS) return;
      after = hits.at(-1)?.sort;
    }
  } finally {
    await closePointInTime(pointInTime, tools);
  }
}

const KEEP_ALIVE = '10m'; // from page to page

const openPointInTime = async (
  { index }: Table,
  { shard }: IndexPart,
  tools: Tools,
): Promise<string | undefined> => {
  const preference = shard === undefined ? {} : { preference: `_shards:${shard}` };
  const request: Request = {
    method: 'POST',
    path: `/${encodeURIComponent(index)}/_search/point_in_time`,
    query: { keep_alive: KEEP_ALIVE, allow_partial_pit_creation: 'false', ...preference },
  };
  return askOpenSearch(
    {
      action: `open a point in time of ${index}`,
      request,
      read: (answer): ReadAnswer<string | undefined> =>
        isMissing(answer)
          ? { kind: 'read', value: undefined }
          : readAs(answer, ({ pit_id }: { readonly pit_id: string }) => pit_id),
    },
    tools,
  );
};

type Hit = DocumentHit & { readonly sort: unknown };

type Place = { readonly part: IndexPart; readonly after: unknown };

const searchPage = (
  pointInTime: string,
  { part, after }: Place,
  { table, ...tools }: Tools & { readonly table: Table },
): Promise<readonly Hit[]> => {
  const body = {
    size: PAGE_DOCUMENTS,
    pit: { id: pointInTime, keep_alive: KEEP_ALIVE },
    sort: [part.shard === undefined ? '_id' : '_doc'],
    ...(after !== undefined && { search_after: after }),
    _source: false,
    version: true,
    track_total_hits: false,
  };
  const query = {
    allow_partial_search_results: 'false',
    filter_path: 'timed_out,hits.hits._id,hits.hits._version,hits.hits._ignored,hits.hits.sort',
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

// It ends by itself after a while: whether this succeeds is no matter.
const closePointInTime = async (pointInTime: string, { send }: Tools): Promise<void> => {
  const body = json({ pit_id: [pointInTime] });
  await send({ method: 'DELETE', path: '/_search/point_in_time', body }, 5000);
};

/** Whether a point in time is gone: it was closed, expired, or its node has left. */
export const isLost = (error: unknown): boolean =>
  error instanceof OpenSearchRefusal && error.refusal.status === 404;

const isMissing = (answer: Answer): boolean =>
  answer.kind === 'answered' &&
  answer.status === 404 &&
  refusalIn(answer).type === 'index_not_found_exception';

// The edge: of a success we trust that it has the form that OpenSearch's documentation says.
const readAs = <Form, Value>(answer: Answer, valueIn: (body: Form) => Value): ReadAnswer<Value> => {
  if (answer.kind === 'answered' && answer.status === 200) {
    try {
      return { kind: 'read', value: valueIn(JSON.parse(answer.body)) };
    } catch {} // half an answer, or another's
  }
  return { kind: 'refused', refusal: refusalIn(answer) };
};

const json = (value: object): Buffer => Buffer.from(JSON.stringify(value));
