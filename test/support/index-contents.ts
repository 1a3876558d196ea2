import { type ExactNumber, parseExactly } from './exact-json.ts';

/** A document as an index holds it. */
export type StoredDocument = {
  readonly id: string;
  readonly version: number | ExactNumber;
  /** With every digit of its numbers. */
  readonly source: unknown;
};

/** All documents of an index after a refresh, by id; none when the index does not exist. */
export const indexContents = async (
  url: string,
  index: string,
): Promise<ReadonlyMap<string, StoredDocument>> => {
  const path = `${url}/${encodeURIComponent(index)}`;
  await fetch(`${path}/_refresh`, { method: 'POST' });
  const response = await fetch(`${path}/_search?size=10000&version=true`);
  if (response.status === 404) return new Map();
  const text = await response.text();
  if (!response.ok)
    throw new Error(`the search of ${index} was answered ${response.status}: ${text}`);
  const { hits } = parseExactly(text) as { hits: { hits: readonly Hit[] } };
  const documents = hits.hits.map(({ _id: id, _version: version, _source: source }) => ({
    id,
    version,
    source,
  }));
  return new Map(documents.map((document) => [document.id, document]));
};

type Hit = {
  readonly _id: string;
  readonly _version: number | ExactNumber;
  readonly _source: unknown;
};
