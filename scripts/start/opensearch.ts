import { JsonReader } from '../../function/src/core/json-reader.ts';
import type { Documents } from './comparison.ts';
import { request, type ServerRequest } from './server-request.ts';

/** A connection to OpenSearch that only reads; an index that does not exist, or is only just coming up, counts as empty. */
export interface OpenSearchReader {
  /** How many documents searches can find. */
  count(index: string): Promise<number>;
  /** Whether a search finds a document with this text in the field. */
  finds(index: string, field: string, text: string): Promise<boolean>;
  /** All documents by id, as they are after a refresh. */
  documents(index: string): Promise<Documents>;
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

type Hit = { readonly _source: unknown };

type Hits = {
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

const documents = async (ask: Ask, index: string): Promise<Documents> => {
  const found = new Map<string, string>();
  await ask('POST', `/${index}/_refresh`);
  const first = { size: pageSize, sort: ['_doc'] };
  let text = await ask('POST', `/${index}/_search?scroll=1m`, first);
  while (text !== undefined) {
    const { scrollId, documents: page } = readPage(text);
    for (const [id, document] of page) found.set(id, document);
    const isLast = page.size < pageSize;
    const scroll = { scroll_id: scrollId };
    text = isLast
      ? await ask('DELETE', '/_search/scroll', scroll).then(() => undefined)
      : await ask('POST', '/_search/scroll', { ...scroll, scroll: '1m' });
  }
  return found;
};

/** A page of documents, each as the text it is: a number that is parsed loses digits. */
const readPage = (text: string) => {
  const documents = new Map<string, string>();
  let scrollId = '';
  const reader = new JsonReader(text);
  const readHit = () => {
    let id = '';
    let document = '';
    reader.object((name) => {
      if (name === '_id') id = reader.string();
      else if (name === '_source') document = reader.span();
      else reader.skip();
    });
    documents.set(id, document);
  };
  const readHits = () =>
    reader.object((name) => (name === 'hits' ? reader.array(readHit) : reader.skip()));
  reader.object((name) => {
    if (name === '_scroll_id') scrollId = reader.string();
    else if (name === 'hits') readHits();
    else reader.skip();
  });
  return { scrollId, documents };
};
