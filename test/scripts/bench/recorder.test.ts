import { expect, test } from 'vitest';
import { itemsFor } from '../../../scripts/bench/recorder.ts';
import { batchesOf } from '../../../scripts/bench/round.ts';

test('an index operation has two lines and a delete one, whatever the document says', () => {
  const body = '{"index":{}}\n{"index":1}\n{"delete":{}}\n{"index":{}}\n{"delete":1}\n';
  expect(itemsFor(Buffer.from(body))).toEqual([
    { index: { status: 200 } },
    { delete: { status: 200 } },
    { index: { status: 200 } },
  ]);
});

test('requests belong to the batch whose records they complete', () => {
  const request = (text: string, operations: number) => ({
    query: '',
    body: Buffer.from(text),
    operations,
  });
  const requests = [request('a', 60), request('b', 40), request('c', 100), request('d', 100)];
  const texts = batchesOf(requests, 100).map((batch) => Buffer.concat(batch).toString());
  expect(texts).toEqual(['ab', 'c', 'd']);
});
