import { expect, test } from 'vitest';
import { news, statusLine } from '../../../scripts/start/news.ts';
import { fullView, tableView } from './sample-view.ts';

test('what has not changed is no news', () => {
  const view = fullView();
  expect(news(view, { ...view, seconds: 99, changes: [], tables: [] })).toEqual([]);
});

test('a part that comes up is news', () => {
  const [dynamodb, ...others] = fullView().parts;
  const before = fullView({
    parts: [
      { ...dynamodb, name: 'DynamoDB', detail: 'starting', isUp: false, sinceSeconds: 0 },
      ...others,
    ],
  });
  expect(news(before, { ...before, parts: fullView().parts })).toEqual([
    'DynamoDB: http://127.0.0.1:44801  DynamoDB Local, up in 3.0 s',
  ]);
});

test('a verdict, what is being done, a line of the function and a farewell are news', () => {
  const before = fullView({ verdict: undefined });
  const verdict = { items: 1, differences: [], time: '16:18:14' };
  const now = { ...before, verdict, activity: 'writing', notice: 'careful', footer: 'Stopped' };
  expect(news(before, now)).toEqual([
    'writing',
    'The function says: careful',
    '✓ index equals table  1 items, each compared with its document, 16:18:14',
    'Stopped',
  ]);
});

test('searches are news once, although their answers change', () => {
  const view = fullView();
  const [first] = view.searches;
  expect(news({ ...view, searches: [] }, view)).toContain(first?.command);
  expect(
    news(view, { ...view, searches: view.searches.map((one) => ({ ...one, answer: '7 hits' })) }),
  ).toEqual([]);
});

test('a table is one line', () => {
  const counts = {
    received: 1_000,
    written: 996,
    folded: 1,
    superseded: 1,
    dead_lettered: 1,
    retried: 1,
  };
  expect(
    statusLine(tableView({ counts, documents: 995, items: 996, p50Seconds: 0.2, p99Seconds: 1 })),
  ).toBe(
    'Movies: received 1,000, written 996, folded 1, superseded 1, dead-lettered 1, retried 1, documents 995, items 996, put → hit p50 0.20 s, p99 1.00 s',
  );
});
