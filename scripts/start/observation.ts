import { setTimeout as pause } from 'node:timers/promises';
import { grouped } from '../terminal/figures.ts';
import { examineEquality } from './equality.ts';
import type { FollowedTable, LocalSync } from './local-sync.ts';
import { probe } from './probe.ts';
import type { Search } from './sample-table.ts';
import type { SearchView, Verdict } from './view.ts';

const countEveryMilliseconds = 500;

/** Counts documents and items twice a second, for as long as everything runs. */
export const watchSizes = async (sync: LocalSync): Promise<never> => {
  for (;;) {
    await countSizes(sync);
    await pause(countEveryMilliseconds);
  }
};

/** Counts the documents that searches find and the items of each table. */
export const countSizes = async ({ sides, tables, store }: LocalSync): Promise<void> => {
  for (const { sample } of tables) {
    const [documents, items] = await Promise.all([
      sides.openSearch.count(sample.index),
      sides.dynamodb.itemCount(sample.name),
    ]);
    store.updateTable(sample.name, () => ({ documents, items }));
  }
};

/** Measures once in each table, at the same time, how soon a change is found. */
export const probeAll = async ({ sides, tables, store }: LocalSync): Promise<void> => {
  const measure = async ({ sample, latencies }: FollowedTable) => {
    latencies.add(await probe(sides, sample));
    store.updateTable(sample.name, () => ({
      p50Seconds: latencies.percentile(50),
      p99Seconds: latencies.percentile(99),
    }));
  };
  await Promise.all(tables.map(measure));
};

/** Compares each table with its index, item by item, shows the result, and says whether all are equal. */
export const compareAll = async (sync: LocalSync): Promise<boolean> => {
  const { sides, tables, store } = sync;
  let items = 0;
  const differences: Verdict['differences'][number][] = [];
  for (const { sample, table } of tables) {
    const found = await examineEquality(sides, table);
    items += found.items;
    differences.push(...found.differences.map((one) => ({ ...one, table: sample.name })));
  }
  await countSizes(sync);
  store.update({ verdict: { items, differences, time: timeOfDay() }, activity: '' });
  return differences.length === 0;
};

/** Runs the searches that a person may paste, and shows what they answer; below them operator commands. */
export const searchAll = async ({
  sides,
  tables,
  store,
  openSearchUrl,
  commands,
}: LocalSync): Promise<void> => {
  const searches = tables.map(async ({ sample: { index, search } }): Promise<SearchView> => {
    const path = `/${index}/_search?q=${search.query}&size=1`;
    const address = openSearchUrl.replace('http://', '');
    const answer = describe(search, await sides.openSearch.search(path));
    return { command: `curl -s '${address}${path}&pretty'`, answer };
  });
  const verify = { command: commands.verify, answer: VERIFY };
  const doctor = { command: commands.doctor, answer: DOCTOR };
  store.update({ searches: [...(await Promise.all(searches)), verify, doctor] });
};

const VERIFY = 'from another terminal; backfill and replay work likewise';
const DOCTOR = 'looks at everything between the tables and the indexes';

const describe = (
  search: Search,
  { hits, best }: { readonly hits: number; readonly best: unknown },
): string =>
  best === undefined ? 'no hits' : `${grouped(hits)} hits, the first: ${search.describe(best)}`;

/** Hours, minutes and seconds, as the clock on the wall has them. */
export const timeOfDay = (): string => new Date().toTimeString().slice(0, 8);
