import { noOutcomes } from '../../../scripts/start/outcome-counts.ts';
import type { TableView, View } from '../../../scripts/start/view.ts';

/** A table as it is seen, with whatever matters to a test. */
export const tableView = (news: Partial<TableView> = {}): TableView => ({
  name: 'Movies',
  counts: noOutcomes,
  documents: undefined,
  items: undefined,
  p50Seconds: undefined,
  p99Seconds: undefined,
  ...news,
});

/** A view of everything that can be seen, with whatever else matters to a test. */
export const fullView = (news: Partial<View> = {}): View => ({
  seconds: 60,
  parts: [
    {
      name: 'DynamoDB',
      isUp: true,
      detail: 'http://127.0.0.1:44801  DynamoDB Local, up in 3.0 s',
      sinceSeconds: 3,
    },
    {
      name: 'Function',
      isUp: true,
      detail: 'modules/sync/dist/function.zip (147 KB), in its own Node.js 22',
      sinceSeconds: 0,
    },
    {
      name: 'OpenSearch',
      isUp: true,
      detail: 'http://127.0.0.1:42255  OpenSearch 3.8, up in 5.6 s',
      sinceSeconds: 6,
    },
  ],
  tables: ['Movies', 'Quakes'].map((name) =>
    tableView({
      name,
      counts: {
        received: 12_345,
        written: 12_300,
        folded: 45,
        superseded: 0,
        dead_lettered: 0,
        retried: 0,
      },
      documents: 3_202,
      items: 3_202,
      p50Seconds: 0.31,
      p99Seconds: 12.34,
    }),
  ),
  activity: '',
  verdict: { items: 4_910, differences: [], time: '16:18:14' },
  searches: ['movies/_search?q=Title:moon', 'quakes/_search?q=properties.mag:>6'].map((query) => ({
    command: `curl -s '127.0.0.1:42255/${query}&size=1&pretty'`,
    answer: '6 hits, the first: Moon',
  })),
  changes: Array.from({ length: 10 }, (_, at) => ({
    time: `16:18:${20 - at}`,
    verb: 'changed' as const,
    table: 'Movies',
    title: 'A title that goes on and on and on, as the titles of films sometimes do',
    description: 'IMDB Votes 1,071 → 1,072',
  })),
  notice: undefined,
  footer: 'Ctrl-C stops everything',
  ...news,
});
