import { noOutcomes } from './outcome-counts.ts';
import type { Part, TableView, View } from './view.ts';

/** What is to be seen, as it comes to be known. */
export interface Store {
  view(): View;
  update(news: Partial<View>): void;
  updatePart(name: string, news: Pick<Part, 'isUp' | 'detail'>): void;
  updateTable(name: string, news: (table: TableView) => Partial<TableView>): void;
}

/** A view of these parts, none of which is up yet. */
export const createStore = (partNames: readonly string[]): Store => {
  const now = () => performance.now() / 1000;
  const start = now();
  let view: View = {
    seconds: 0,
    parts: partNames.map((name) => ({ name, isUp: false, detail: 'starting', sinceSeconds: 0 })),
    tables: [],
    activity: '',
    verdict: undefined,
    searches: [],
    changes: [],
    notice: undefined,
    footer: 'Ctrl-C stops everything',
  };
  const update = (news: Partial<View>) => {
    view = { ...view, ...news };
  };
  const named = <Named extends { readonly name: string }>(
    all: readonly Named[],
    name: string,
    news: (one: Named) => Partial<Named>,
  ) => all.map((one) => (one.name === name ? { ...one, ...news(one) } : one));
  return {
    view: () => ({ ...view, seconds: now() - start }),
    update,
    updatePart: (name, news) =>
      update({
        parts: named(view.parts, name, () => ({ ...news, sinceSeconds: now() - start })),
      }),
    updateTable: (name, news) => update({ tables: named(view.tables, name, news) }),
  };
};

/** A table of which nothing is known yet. */
export const newTableView = (name: string): TableView => ({
  name,
  counts: noOutcomes,
  documents: undefined,
  items: undefined,
  p50Seconds: undefined,
  p99Seconds: undefined,
});
