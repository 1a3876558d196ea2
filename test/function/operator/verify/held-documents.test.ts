import { expect, test } from 'vitest';
import type { ExpectedDocument } from '../../../../function/src/core/held-document.ts';
import type { Send } from '../../../../function/src/opensearch/connection.ts';
import { TOO_LONG } from '../../../../function/src/opensearch/text-of.ts';
import { holdDocuments } from '../../../../function/src/operator/verify/held-documents.ts';
import { aTable } from '../../../support/records.ts';

/** OpenSearch that holds every document, as `{}`, but answers no more than so many at once. */
const openSearch = (most = Number.POSITIVE_INFINITY) => {
  const requests: (readonly string[])[] = []; // ids
  const send: Send = async ({ body = Buffer.from('') }) => {
    const { ids }: { readonly ids: readonly string[] } = JSON.parse(body.toString());
    requests.push(ids);
    if (ids.length > most) return { kind: 'unanswered', error: TOO_LONG };
    const docs = ids.map((_id) => ({ _id, _version: 1, found: true, _source: {} }));
    return { kind: 'answered', status: 200, body: JSON.stringify({ docs }) };
  };
  return { requests, tools: { send, signal: new AbortController().signal } };
};

const documentOf = (id: string, characters: number): ExpectedDocument => ({
  id,
  text: `{"a":"${'x'.repeat(characters)}"}`,
});

test('a request asks for a megabyte of documents, or for one that is larger', async () => {
  const { requests, tools } = openSearch();
  const sizes = { a: 400_000, b: 400_000, c: 400_000, d: 3_000_000, e: 1, f: 1 };
  const expected = Object.entries(sizes).map(([id, size]) => documentOf(id, size));
  const held = await holdDocuments(aTable(), expected, tools);
  expect(requests).toEqual([['a', 'b'], ['c'], ['d'], ['e', 'f']]);
  expect(held).toHaveLength(6);
});

test('what is more than an answer can hold is asked for by halves, in the same order', async () => {
  const { requests, tools } = openSearch(2);
  const expected = ['a', 'b', 'c', 'd', 'e'].map((id) => ({
    id,
    text: id === 'd' ? '{}' : '{"a":1}',
  }));
  const held = await holdDocuments(aTable(), expected, tools);
  expect(held.map(({ kind }) => kind)).toEqual([
    'different',
    'different',
    'different',
    'equal',
    'different',
  ]);
  expect(requests.map((ids) => ids.length)).toEqual([5, 2, 3, 1, 2]);
});

test('a single document that is more than an answer can hold is told, at once', async () => {
  const { requests, tools } = openSearch(0);
  await expect(holdDocuments(aTable(), [documentOf('a', 1)], tools)).rejects.toThrow(TOO_LONG);
  expect(requests).toHaveLength(1);
});

test('nothing is asked for where nothing is expected', async () => {
  const { requests, tools } = openSearch();
  expect(await holdDocuments(aTable(), [], tools)).toEqual([]);
  expect(requests).toEqual([]);
});
