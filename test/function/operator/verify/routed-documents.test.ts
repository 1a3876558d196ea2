import { afterAll, beforeAll, expect, test } from 'vitest';
import { askOpenSearch } from '../../../support/ask-opensearch.ts';
import { manyItems, putItems } from '../../../support/items.ts';
import { type OperatorStage, openOperatorStage } from '../../../support/operator-stage.ts';
import { indexItems, verified } from './verified.ts';

let stage: OperatorStage;

beforeAll(async () => {
  const settings = { number_of_shards: 5 };
  stage = await openOperatorStage({ tables: { beside: { settings }, alone: { settings } } });
  for (const suffix of ['beside', 'alone']) {
    await putItems(stage, manyItems(20), suffix);
    await indexItems(stage, suffix);
  }
});

afterAll(() => stage.stop());

const ask = (method: string, path: string, body?: object) =>
  askOpenSearch(stage.openSearchUrl, method, path, body);

const shardOf = async (index: string, routing: string): Promise<number> => {
  const path = `/${index}/_search_shards?routing=${routing}`;
  const { shards } = JSON.parse(await (await fetch(stage.openSearchUrl + path)).text());
  return shards[0][0].shard;
};

/** A routing that leads to the shard of the id, or to another one. */
const routingFor = async (index: string, id: string, isToItsOwn: boolean): Promise<string> => {
  const own = await shardOf(index, id);
  for (const routing of 'abcdefghijklmnopqrstuvwxyz') {
    if (((await shardOf(index, routing)) === own) === isToItsOwn) return routing;
  }
  throw new Error('no such routing');
};

const putRouted = async (suffix: string, id: string, isInItsOwnShard: boolean) => {
  const { index } = stage.table(suffix);
  const routing = await routingFor(index, id, isInItsOwnShard);
  const path = `/${index}/_doc/${id}?routing=${routing}`;
  await ask('PUT', path, { pk: id, n: 1 });
  return { path, routing };
};

test('a stale document of the same id in another shard is a difference, and how it is deleted is told', async () => {
  const { path, routing } = await putRouted('beside', 'item-1', false);
  const { told, differences, counts, unrepaired } = await verified(stage, 'beside', {
    isRepairing: true,
  });
  expect(told).toEqual(['extra item-1']);
  expect(differences).toMatchObject([{ key: undefined, routing }]);
  expect(counts).toMatchObject({ extra: 1, repaired: 0, unrepaired: 1 });
  expect(unrepaired[0]?.refusal?.reason).toContain(`DELETE ${path}`);
  await ask('DELETE', path);
  expect((await verified(stage, 'beside')).told).toEqual([]);
});

test('one in the shard of its id is an extra document like others, and is repaired', async () => {
  await putRouted('alone', 'nobody', true);
  const { told, counts } = await verified(stage, 'alone', { isRepairing: true });
  expect(told).toEqual(['extra nobody']);
  expect(counts).toMatchObject({ repaired: 1, unrepaired: 0 });
  expect((await verified(stage, 'alone')).told).toEqual([]);
});

test('one without an item in another shard is told beside the missing one', async () => {
  const { index } = stage.table('alone');
  await ask('DELETE', `/${index}/_doc/item-2`);
  const { path } = await putRouted('alone', 'item-2', false);
  expect((await verified(stage, 'alone')).told).toEqual(['extra item-2', 'missing item-2']);
  await ask('DELETE', path);
});
