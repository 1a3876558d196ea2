import { type DocumentFields, documentFields, parseExactly } from './document-fields.ts';
import { request, type ServerRequest } from './server-request.ts';

/** A connection to OpenSearch that only reads; an index that does not exist, or is only just coming up, counts as empty. */
export interface OpenSearchReader {
  /** How many documents searches can find. */
  count(index: string): Promise<number>;
  /** Whether a search finds a document with this text in the field. */
  finds(index: string, field: string, text: string): Promise<boolean>;
  /** All documents by id, as they are after a refresh. */
  documents(index: string): Promise<ReadonlyMap<string, DocumentFields>>;
  /** What a search by a URL's path and query finds. */
  search(path: string): Promise<SearchAnswer>;
}

/** How many documents a search found, and the source of the best of them. */
export interface SearchAnswer {
  readonly hits: number;
  readonly best: unknown;
}

/** Connects to OpenSearch. */
export const connectOpenSearch = (url: string): OpenSearchReader => {
  const ask: Ask = (method, path, body) => send(url, { method, path, body });
  return {
    count: async (index) => readCount(await ask('GET', `/${index}/_count`)),
    finds: async (index, field, text) => {
      const query = { size: 0, query: { term: { [`${field}.keyword`]: text } } };
      return readAnswer(await ask('POST', `/${index}/_search`, query)).hits > 0;
    },
    documents: (index) => documents(ask, index),
    search: async (path) => readAnswer(await ask('GET', path)),
  };
};

type Request = Pick<ServerRequest, 'method' | 'body'> & { readonly path: string };

/** The answer's JSON text; undefined when there is no index to answer. */
type Ask = (method: Request['method'], path: string, body?: object) => Promise<string | undefined>;

type Hit = { readonly _id: string; readonly _source: unknown };

type Hits = {
  readonly _scroll_id?: string;
  readonly hits: { readonly total: { readonly value: number }; readonly hits: readonly Hit[] };
};

const send = async (url: string, { method, path, body }: Request): Promise<string | undefined> => {
  const { status, text } = await request({
    server: 'OpenSearch',
    url: `${url}${path}`,
    method,
    body,
  });
  // 503: an index was created a moment ago, and none of its shards has started.
  if (status === 404 || status === 503) return undefined;
  if (status !== 200)
    throw new Error(`OpenSearch answered ${status} to ${method} ${path}: ${text}`);
  return text;
};

const readCount = (text: string | undefined): number =>
  text === undefined ? 0 : JSON.parse(text).count;

const readAnswer = (text: string | undefined): SearchAnswer => {
  if (text === undefined) return { hits: 0, best: undefined };
  const { hits }: Hits = JSON.parse(text);
  return { hits: hits.total.value, best: hits.hits[0]?._source };
};

const pageSize = 1_000;

const documents = async (ask: Ask, index: string): Promise<ReadonlyMap<string, DocumentFields>> => {
  const found = new Map<string, DocumentFields>();
  await ask('POST', `/${index}/_refresh`);
  const first = { size: pageSize, sort: ['_doc'] };
  let text = await ask('POST', `/${index}/_search?scroll=1m`, first);
  while (text !== undefined) {
    const { _scroll_id, hits } = parseExactly(text) as Hits;
    for (const { _id, _source } of hits.hits) found.set(_id, documentFields(_source));
    const isLast = hits.hits.length < pageSize;
    const scroll = { scroll_id: _scroll_id };
    text = isLast
      ? await ask('DELETE', '/_search/scroll', scroll).then(() => undefined)
      : await ask('POST', '/_search/scroll', { ...scroll, scroll: '1m' });
  }
  return found;
};
