import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { askOpenSearch } from '../../../support/ask-opensearch.ts';
import { slow, when } from '../../../support/faults.ts';
import { manyItems, putItems } from '../../../support/items.ts';
import { type OperatorStage, openOperatorStage } from '../../../support/operator-stage.ts';
import { type RunParts, runToEnd } from '../../../support/run-to-end.ts';
import { bulk, indexItems } from '../verify/verified.ts';

/** What a verification in slices has told. */
export const verifiedInSlices = async (
  stage: OperatorStage,
  {
    suffix = '',
    order = {},
    ...parts
  }: RunParts & { readonly suffix?: string; readonly order?: object },
) => {
  const ordered = {
    command: 'verify',
    tables: [stage.table(suffix).name],
    segments: 3,
    delay_seconds: 0.2,
    ...order,
  };
  const { report, lines, ...ended } = await runToEnd(stage, ordered, parts);
  const told = lines
    .filter(({ type }) => type === 'difference')
    .map(({ kind, id }) => `${kind} ${id}`)
    .sort();
  return { ...ended, lines, told, counts: report.tables[0].counts, report };
};

/** So short that a page or two are all that can be done. */
export const SHORT = { sliceMilliseconds: 1200 };

/** Reading a page of the table takes so long that a slice has no time for three, however fast the machine. */
export const slowScans = when(
  ({ headers }) => String(headers['x-amz-target']).endsWith('.Scan'),
  slow(400),
);

const ITEMS = 4000;

/** The tests of a verification in slices, with an OpenSearch of that version; a file may have them once. */
export const testVerifyingInSlices = (openSearch: '3.8' | '2.19'): void => {
  let stage: OperatorStage;

  beforeAll(async () => {
    stage = await openOperatorStage({
      openSearch,
      tables: { shards: { settings: { number_of_shards: 3 } }, many: {} },
    });
    await putItems(stage, manyItems(ITEMS), 'shards');
    await indexItems(stage, 'shards');
  }, 60_000);

  beforeEach(() => {
    stage.openSearch.behave();
    stage.dynamoDB.behave();
    stage.aws.behave();
  });

  afterAll(() => stage.stop());

  const plant = async (): Promise<readonly string[]> => {
    const { index } = stage.table('shards');
    const [missing, stale, extra] = [20, 40, 60].map((step) =>
      Array.from({ length: 10 }, (_, n) => n * step + 1),
    );
    const deletions = (missing ?? []).map((n) => `{"delete":{"_id":"item-${n}"}}\n`);
    const changes = (stale ?? []).map((n) => `{"index":{"_id":"item-${n + 7}"}}\n{"pk":"other"}\n`);
    const additions = (extra ?? []).map(
      (n) => `{"index":{"_id":"extra-${n}"}}\n{"pk":"extra-${n}"}\n`,
    );
    await bulk(stage, stage.table('shards'), [...deletions, ...changes, ...additions].join(''));
    await askOpenSearch(stage.openSearchUrl, 'POST', `/${index}/_refresh`);
    return [
      ...(missing ?? []).map((n) => `missing item-${n}`),
      ...(stale ?? []).map((n) => `stale item-${n + 7}`),
      ...(extra ?? []).map((n) => `extra extra-${n}`),
    ].sort();
  };

  test('what is missing, extra and stale in any segment and shard is found exactly, and repaired, in many slices', async () => {
    const planted = await plant();
    stage.dynamoDB.behave(slowScans); // so that a slice is over after a few pages
    const found = await verifiedInSlices(stage, { suffix: 'shards', ...SHORT });
    stage.dynamoDB.behave();
    expect(found.told).toEqual(planted);
    expect(found.slices).toBeGreaterThan(9); // as many as three segments, and twice three shards, would take at least
    expect(found.answer.verdict).toBe('something_left');
    const repaired = await verifiedInSlices(stage, {
      suffix: 'shards',
      order: { repair: true },
      ...SHORT,
    });
    expect(repaired.told).toEqual(planted);
    expect(repaired.counts).toMatchObject({ items: ITEMS, repaired: 30, unrepaired: 0 });
    expect(repaired.answer.verdict).toBe('well');
    const equal = await verifiedInSlices(stage, { suffix: 'shards' });
    expect(equal.counts).toMatchObject({ items: ITEMS, compared: ITEMS, documents: ITEMS });
    expect(equal.told).toEqual([]);
    expect(equal.answer.verdict).toBe('well');
  }, 180_000);

  test('a point in time that is lost between slices is opened anew, and each difference told once', async () => {
    await indexItems(stage, 'many');
    const lines = Array.from({ length: 10_300 }, (_, n) => `{"index":{"_id":"k${n}"}}\n{}\n`);
    await bulk(stage, stage.table('many'), lines.join(''));
    let slices = 0;
    const { told, counts } = await verifiedInSlices(stage, {
      suffix: 'many',
      sliceMilliseconds: 6000,
      slice: async ({ phase }, take) => {
        if (phase !== 'items' && ++slices % 2 === 0)
          await askOpenSearch(stage.openSearchUrl, 'DELETE', '/_search/point_in_time/_all');
        return take();
      },
    });
    expect(new Set(told).size).toBe(10_300);
    expect(told).toHaveLength(10_300);
    expect(counts).toMatchObject({ extra: 10_300, documents: 10_300 });
  }, 180_000);
};
