import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, test as anyTest, beforeAll, describe, expect } from 'vitest';
import { askOpenSearch } from '../../support/ask-opensearch.ts';
import { isBulk } from '../../support/faults.ts';
import { type Outcome, openStage, type Stage } from '../../support/function-stage.ts';

// Stages stand side by side; the tests of one wait for each other.
const test = anyTest.sequential;

describe.concurrent.each(['3.8', '2.19'] as const)('with OpenSearch %s', (openSearch) => {
  let stage: Stage;

  beforeAll(async () => {
    const usual = {};
    const tables = {
      closed: usual,
      piped: { pipeline: 'there-is-none' },
      aliased: usual,
      split: usual,
      blocked: usual,
      freed: usual,
      typed: usual,
    };
    stage = await openStage({ openSearch, tables });
  });

  afterAll(() => stage.stop());

  const ask = (method: string, path: string, body?: object) =>
    askOpenSearch(stage.openSearchUrl, method, path, body);

  const put = (suffix: string, key = 'k') =>
    stage.put(key, {}, { table: `${stage.name}.${suffix}` });

  const remove = (suffix: string) => stage.remove('k', { table: `${stage.name}.${suffix}` });

  const expectOneTry = ({ metrics }: Outcome) => {
    expect(metrics).toMatchObject({ Retried: 2, DeadLettered: 0 });
    expect(stage.openSearch.requests.filter(isBulk)).toHaveLength(1);
    expect(stage.letters()).toEqual([]);
  };

  const invoke = (records: Parameters<Stage['invoke']>[0]) => {
    stage.openSearch.behave();
    return stage.invoke(records);
  };

  test('records for a closed index come again', async () => {
    await ask('PUT', `/${stage.name}-closed`);
    await ask('POST', `/${stage.name}-closed/_close`);
    expectOneTry(await invoke([put('closed'), put('closed', 'k2')]));
    await ask('POST', `/${stage.name}-closed/_open`);
    expect((await invoke([put('closed'), remove('closed')])).metrics).toMatchObject({ Written: 1 });
  });

  test('records whose pipeline is missing come again', async () => {
    expectOneTry(await invoke([put('piped'), put('piped', 'k2')]));
  });

  test('records for an alias without a write index come again', async () => {
    const alias = `${stage.name}-aliased`;
    for (const index of [`${alias}-1`, `${alias}-2`]) {
      await ask('PUT', `/${index}`, { aliases: { [alias]: {} } });
    }
    expectOneTry(await invoke([put('aliased'), put('aliased', 'k2')]));
  });

  test('records for an index that the shard limit keeps from coming back come again', async () => {
    const index = `${stage.name}-split`;
    expect((await invoke([put('split')])).metrics).toMatchObject({ Written: 1 });
    await ask('DELETE', `/${index}`);
    const settings = { number_of_shards: 1024 };
    const other = { index_patterns: [index], priority: 5000, template: { settings } };
    await ask('PUT', `/_index_template/${index}-other`, other);
    expectOneTry(await invoke([put('split'), put('split', 'k2')]));
    await ask('DELETE', `/_index_template/${index}-other`);
    expect((await invoke([put('split')])).metrics).toMatchObject({ Written: 1 });
  });

  test.each(['write', 'read_only', 'read_only_allow_delete'])(
    'records for an index with the block %s come again',
    async (block) => {
      const index = `${stage.name}-blocked`;
      await invoke([put('blocked', 'earlier')]);
      await ask('PUT', `/${index}/_settings`, { [`index.blocks.${block}`]: true });
      const records = [put('blocked'), put('blocked', 'k2')];
      const { metrics } = await stage.invoke(records, 4000);
      expect(metrics).toMatchObject({ Retried: 2, DeadLettered: 0 });
      await ask('PUT', `/${index}/_settings`, { [`index.blocks.${block}`]: null });
      expect(await invoke(records)).toMatchObject({ metrics: { Written: 2 } });
    },
  );

  test('records are written as soon as a block is lifted', async () => {
    const index = `${stage.name}-freed`;
    await invoke([put('freed', 'earlier')]);
    await ask('PUT', `/${index}/_settings`, { 'index.blocks.write': true });
    const invocation = invoke([put('freed'), remove('freed')]);
    await sleep(200);
    await ask('PUT', `/${index}/_settings`, { 'index.blocks.write': null });
    expect((await invocation).metrics).toMatchObject({ Written: 1, Folded: 1 });
  });

  test('a document that the mapping cannot take is dead-lettered with OpenSearch’s reason, its neighbours are written', async () => {
    const of = { table: `${stage.name}.typed` };
    const { metrics } = await invoke([
      stage.put('k1', { a: { M: { b: { S: 'x' } } } }, of),
      stage.put('k2', { a: { S: 'no object' } }, of),
      stage.put('k3', { a: { M: { b: { S: 'y' } } } }, of),
    ]);
    expect(metrics).toMatchObject({ Written: 2, DeadLettered: 1 });
    const [letter] = stage.letters();
    expect(letter?.letter).toMatchObject({
      table: `${stage.name}.typed`,
      index: `${stage.name}-typed`,
      id: 'k2',
      operation: 'index',
      status: 400,
    });
    expect(letter?.letter.error.type).toMatch(/parsing_exception$/);
    expect(letter?.letter.error.reason).toContain('[a]');
  });
});
