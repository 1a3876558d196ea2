import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Item } from '../../../../function/src/core/attribute-value.ts';
import { askOpenSearch } from '../../../support/ask-opensearch.ts';
import { type OperatorStage, openOperatorStage } from '../../../support/operator-stage.ts';
import { bulk, indexItems, verified } from './verified.ts';

const TABLES = {
  pair: {
    keys: [
      { name: 'customer', type: 'S' },
      { name: 'order', type: 'N' },
    ],
  },
  binary: { keys: [{ name: '_id', type: 'B' }] },
  original: {
    profile: 'bfansports',
    keys: [
      { name: '_id', type: 'S' },
      { name: 'n', type: 'N' },
    ],
  },
  chosen: { where: { kind: ['shown'] }, include: ['kind', 'price'] },
  hidden: { exclude: ['secret'] },
  long: {},
  parts: { settings: { number_of_shards: 3 } },
  enriched: { pipeline: 'embeddings' },
  absent: {},
  empty: {},
};

/** The tests of verification, with an OpenSearch of that version; a file may have them once. */
export const testVerification = (openSearch: '3.8' | '2.19'): void => {
  let stage: OperatorStage;

  beforeAll(async () => {
    stage = await openOperatorStage({ openSearch, tables: TABLES });
  });

  beforeEach(() => {
    stage.openSearch.behave();
    stage.dynamoDB.behave();
  });

  afterAll(() => stage.stop());

  const put = (suffix: string, items: readonly Item[]) =>
    Promise.all(items.map((item) => stage.putItem(item, suffix)));

  const nothing = { missing: 0, extra: 0, stale: 0, unwritable: 0, changing: 0, waiting: 0 };

  const numbered = (count: number, of: (number: number) => Item): readonly Item[] =>
    Array.from({ length: count }, (_, number) => of(number));

  /** Changes the index behind the function's back: a text is a document's new content, undefined takes it away. */
  const tamper = async (
    suffix: string,
    documents: Readonly<Record<string, object | undefined>>,
  ) => {
    const lines = Object.entries(documents).map(([_id, document]) =>
      document === undefined
        ? `${JSON.stringify({ delete: { _id } })}\n`
        : `${JSON.stringify({ index: { _id } })}\n${JSON.stringify(document)}\n`,
    );
    await bulk(stage, stage.table(suffix), lines.join(''));
  };

  const keys: Readonly<Record<string, (number: number) => Item>> = {
    pair: (n) => ({ customer: { S: `a|\\${n}` }, order: { N: `${n}.50` } }),
    binary: (n) => ({ _id: { B: Buffer.from([255, n]).toString('base64') } }),
    original: (n) => ({ _id: { S: n % 2 === 0 ? `a|${n}` : `b${n}` }, n: { N: `0.0000${n}` } }),
    chosen: (n) => ({ pk: { S: `k${n}` }, kind: { S: n % 2 === 0 ? 'shown' : 'not' } }),
    hidden: (n) => ({ pk: { S: `k${n}` } }),
    long: (n) => ({ pk: { S: `${n}`.repeat(600) } }),
    parts: (n) => ({ pk: { S: `k${n}` } }),
  };

  const attributes = (n: number): Item => ({
    price: { N: '12345678901234567890123456789012345678' },
    secret: { S: `${n}` },
    list: { L: [{ N: '1' }, { S: 'x' }] },
    version: { N: '1E+20' },
  });

  describe.each(Object.entries(keys))('a table like %s', (suffix, keyOf) => {
    const items = numbered(40, (n) => ({ ...keyOf(n), ...attributes(n) }));

    beforeAll(async () => {
      await put(suffix, items);
      await indexItems(stage, suffix);
    });

    test('is equal to its index', async () => {
      const { counts, told } = await verified(stage, suffix);
      expect(told).toEqual([]);
      const indexed = suffix === 'chosen' ? 20 : 40;
      expect(counts).toMatchObject({
        ...nothing,
        items: 40,
        compared: indexed,
        documents: indexed,
      });
    });

    test('is told what is missing, extra and stale, and all of it is repaired', async () => {
      const ids = [...(await stage.documents(`${stage.name}-${suffix}`)).keys()];
      const [missing = '', stale = '', gone = ''] = ids;
      const deleted = items.find((_, at) => at === (suffix === 'chosen' ? 2 : 1)) ?? {};
      await stage.deleteItem(keyIn(deleted, suffix), suffix);
      const extra = (await verified(stage, suffix)).told;
      expect(extra).toHaveLength(1);
      expect(extra[0]).toMatch(/^extra /);
      expect(gone).toBeDefined();
      const ofExtra = extra[0]?.slice('extra '.length);
      const others = ids.filter((id) => id !== ofExtra);
      await tamper(suffix, {
        [others[0] ?? missing]: undefined,
        [others[1] ?? stale]: { price: 1 },
      });
      const wanted = [`missing ${others[0]}`, `stale ${others[1]}`, ...extra].sort();
      const found = await verified(stage, suffix);
      expect(found.told).toEqual(wanted);
      expect(found.differences.every(({ key }) => key !== undefined)).toBe(true);
      const repaired = await verified(stage, suffix, { isRepairing: true });
      expect(repaired.told).toEqual(wanted);
      expect(repaired.counts).toMatchObject({ repaired: 3, unrepaired: 0 });
      expect((await verified(stage, suffix)).told).toEqual([]);
    });
  });

  const keyIn = (item: Item, suffix: string): Item => {
    const { customer, order, _id, n, pk } = item;
    return JSON.parse(JSON.stringify(suffix === 'pair' ? { customer, order } : { _id, n, pk }));
  };

  describe('a difference', () => {
    test('of a stale document names the first field and both values', async () => {
      await stage.putItem({ pk: { S: 'one' }, a: { M: { b: { N: '12.5' } } } });
      await indexItems(stage);
      await tamper('', { one: { pk: 'one', a: { b: 12 } } });
      const { differences } = await verified(stage);
      expect(differences).toMatchObject([
        {
          id: 'one',
          key: { pk: { S: 'one' } },
          field: { path: 'a.b', table: '12.5', index: '12' },
        },
      ]);
    });

    test('of an extra document that no item can have made has no key, and is left to the operator', async () => {
      await stage.putItem({ customer: { S: 'c' }, order: { N: '1' } }, 'pair');
      await indexItems(stage, 'pair');
      await tamper('pair', { 'no delimiter': { a: 1 }, 'x|not a number': { a: 1 } });
      const { told, differences, counts, unrepaired } = await verified(stage, 'pair', {
        isRepairing: true,
      });
      expect(told).toEqual(['extra no delimiter', 'extra x|not a number']);
      expect(differences.map(({ key }) => key)).toEqual([undefined, undefined]);
      expect(counts).toMatchObject({ repaired: 0, unrepaired: 2 });
      expect(unrepaired.map(({ refusal }) => refusal?.type)).toEqual([
        'unknown_key',
        'unknown_key',
      ]);
      await tamper('pair', { 'no delimiter': undefined, 'x|not a number': undefined });
    });
  });

  test('without an index every item lacks its document', async () => {
    await put(
      'absent',
      numbered(250, (n) => ({ pk: { S: `k${n}` } })),
    );
    const { counts } = await verified(stage, 'absent');
    expect(counts).toMatchObject({ ...nothing, missing: 250, compared: 250, documents: 0 });
  });

  test('what an ingest pipeline adds to documents is no difference, what it should have left alone is one', async () => {
    await put(
      'enriched',
      numbered(2, (n) => ({ pk: { S: `k${n}` }, text: { S: 'a' } })),
    );
    await indexItems(stage, 'enriched');
    await tamper('enriched', {
      k0: { embedding: [0.5], text: 'a', pk: 'k0' },
      k1: { embedding: [0.5], text: 'b', pk: 'k1' },
    });
    const { differences } = await verified(stage, 'enriched');
    expect(differences).toMatchObject([{ kind: 'stale', id: 'k1', field: { path: 'text' } }]);
  });

  test('an empty table has nothing, and its index too much', async () => {
    await indexItems(stage, 'empty');
    expect((await verified(stage, 'empty')).counts).toMatchObject({ ...nothing, items: 0 });
    await tamper('empty', Object.fromEntries(Array.from({ length: 250 }, (_, n) => [`k${n}`, {}])));
    const { counts } = await verified(stage, 'empty', { isRepairing: true });
    expect(counts).toMatchObject({ extra: 250, documents: 250, repaired: 250 });
    expect((await verified(stage, 'empty')).counts).toMatchObject({ ...nothing, documents: 0 });
  });

  test('an index of whose shards nothing can be told is enumerated by its ids', async () => {
    const { counts, told } = await verified(stage, 'parts', { isServerless: true });
    expect(told).toEqual([]);
    expect(counts.documents).toBeGreaterThan(30);
  });

  test('an index may be an alias', async () => {
    const table = stage.table('hidden');
    const real = `${table.index}-1`;
    await askOpenSearch(stage.openSearchUrl, 'PUT', `/${table.index}/_settings`, {
      'index.blocks.write': true,
    });
    await askOpenSearch(stage.openSearchUrl, 'POST', `/${table.index}/_clone/${real}`, {
      settings: { 'index.blocks.write': null },
    });
    await askOpenSearch(
      stage.openSearchUrl,
      'GET',
      `/_cluster/health/${real}?wait_for_status=yellow`,
    );
    await askOpenSearch(stage.openSearchUrl, 'POST', '/_aliases', {
      actions: [
        { remove_index: { index: table.index } },
        { add: { index: real, alias: table.index } },
      ],
    });
    expect((await verified(stage, 'hidden')).told).toEqual([]);
  });

  test('fields that OpenSearch ignored are counted by name', async () => {
    await stage.putItem({ pk: { S: 'k1' }, when: { N: '1' }, place: { S: 'here' } }, 'long');
    await stage.putItem({ pk: { S: 'k2' }, when: { S: 'never' }, place: { S: 'there' } }, 'long');
    await indexItems(stage, 'long');
    const { counts, told } = await verified(stage, 'long');
    expect(told).toEqual([]);
    expect([...counts.ignored]).toEqual([['when', 1]]);
  });

  test('a sample finds what the whole finds, in its share', async () => {
    await put(
      'absent',
      numbered(200, (n) => ({ pk: { S: `s${n}` } })),
    );
    const { counts } = await verified(stage, 'absent', { samplePercent: 20 });
    expect(counts.items).toBeGreaterThan(20);
    expect(counts.items).toBeLessThan(250);
    expect(counts.missing).toBe(counts.items);
  });
};
