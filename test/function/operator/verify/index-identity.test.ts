import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { askOpenSearch } from '../../../support/ask-opensearch.ts';
import type { Behaviour, ProxiedRequest } from '../../../support/fault-proxy.ts';
import { answering, when } from '../../../support/faults.ts';
import { manyItems, putItems } from '../../../support/items.ts';
import { type OperatorStage, openOperatorStage } from '../../../support/operator-stage.ts';
import { indexItems, verified } from './verified.ts';

let stage: OperatorStage;

beforeAll(async () => {
  stage = await openOperatorStage({
    tables: {
      gone: {},
      swapped: {},
      untold: {},
      filtered: {},
      forgetful: {},
      red: { settings: { number_of_shards: 2 } },
    },
  });
});

beforeEach(() => stage.openSearch.behave());

afterAll(() => stage.stop());

const ask = (method: string, path: string, body?: object) =>
  askOpenSearch(stage.openSearchUrl, method, path, body);

const fill = async (suffix: string) => {
  await putItems(stage, manyItems(20), suffix);
  await indexItems(stage, suffix);
  return stage.table(suffix);
};

const isRefresh = ({ path }: ProxiedRequest) => path.includes('_refresh');

/** Does something once, before the request passes. */
const once = (act: () => Promise<unknown>): Behaviour => {
  let isDone = false;
  return async (_request, passOn) => {
    if (!isDone) await act();
    isDone = true;
    return passOn();
  };
};

test('an index that is deleted once its documents were found equal is not told equal', async () => {
  const { index } = await fill('gone');
  stage.openSearch.behave(
    when(
      isRefresh,
      once(() => ask('DELETE', `/${index}`)),
    ),
  );
  await expect(verified(stage, 'gone')).rejects.toThrow(`${index} was deleted meanwhile`);
});

test('nor is one behind an alias that comes to name another index meanwhile', async () => {
  const { index } = stage.table('swapped');
  for (const name of ['v1', 'v2']) await ask('PUT', `/${index}-${name}`);
  await ask('PUT', `/${index}-v1/_alias/${index}`);
  await fill('swapped');
  const swap = {
    actions: [
      { remove: { index: `${index}-v1`, alias: index } },
      { add: { index: `${index}-v2`, alias: index } },
    ],
  };
  stage.openSearch.behave(
    when(
      isRefresh,
      once(() => ask('POST', '/_aliases', swap)),
    ),
  );
  await expect(verified(stage, 'swapped')).rejects.toThrow(`${index} was replaced by another`);
});

test('an index that does not tell which it is is told equal, unless documents are fewer than were found', async () => {
  const { index } = await fill('untold');
  const untold = when(
    ({ method, path }) => method === 'GET' && path === `/${index}`,
    answering(403, { error: { type: 'security_exception' } }),
  );
  stage.openSearch.behave(untold);
  expect((await verified(stage, 'untold')).told).toEqual([]);
  const deleting = once(() => ask('DELETE', `/${index}/_doc/item-3`));
  stage.openSearch.behave((request, passOn) =>
    (isRefresh(request) ? deleting : untold)(request, passOn),
  );
  await expect(verified(stage, 'untold')).rejects.toThrow(
    `fewer documents of ${index} were listed`,
  );
});

test('an alias with a filter, which hides documents, is refused', async () => {
  const { index } = stage.table('filtered');
  const aliases = { [index]: { filter: { exists: { field: 'pk' } } } };
  await ask('PUT', `/${index}-v1`, { aliases });
  await expect(verified(stage, 'filtered')).rejects.toThrow(`${index} is an alias with a filter`);
});

test('an index with a shard that has no copy is not told equal', async () => {
  await fill('red');
  const withoutCopy: Behaviour = async (_request, passOn) => {
    const reply = await passOn();
    const { shards } = JSON.parse(reply.body.toString());
    return { ...reply, headers: {}, body: JSON.stringify({ shards: [[], ...shards.slice(1)] }) };
  };
  stage.openSearch.behave(when(({ path }) => path.includes('_search_shards'), withoutCopy));
  const verification = verified(stage, 'red', { patienceMilliseconds: 500 });
  await expect(verification).rejects.toThrow('a shard has no copy that works');
});

test.each([
  ['failed in a shard', { total: 4, successful: 3, failed: 1 }],
  ['reached no shard', { total: 4, successful: 0, failed: 0 }],
])('an index whose refresh %s is not told equal', async (_, shards) => {
  await fill('red');
  stage.openSearch.behave(when(isRefresh, answering(200, { _shards: shards })));
  const verification = verified(stage, 'red', { patienceMilliseconds: 500 });
  await expect(verification).rejects.toThrow('not every shard was refreshed');
});

test('an index that forgets deletions too soon is verified, but not repaired', async () => {
  const { index } = await fill('forgetful');
  await ask('PUT', `/${index}/_settings`, { 'index.gc_deletes': '30s' });
  expect((await verified(stage, 'forgetful')).told).toEqual([]);
  await expect(verified(stage, 'forgetful', { isRepairing: true })).rejects.toThrow(
    `The index ${index} forgets deletions too soon (index.gc_deletes 30s)`,
  );
});
