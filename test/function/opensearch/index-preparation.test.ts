import { afterAll, test as anyTest, beforeAll, beforeEach, describe, expect } from 'vitest';
import { askOpenSearch } from '../../support/ask-opensearch.ts';
import type { Behaviour, ProxiedRequest } from '../../support/fault-proxy.ts';
import {
  accepting,
  answering,
  cutAfter,
  cutBefore,
  failingItems,
  inTurn,
  isBulk,
  onBulk,
  when,
} from '../../support/faults.ts';
import { openStage, type Stage } from '../../support/function-stage.ts';

// Stages stand side by side; the tests of one wait for each other.
const test = anyTest.sequential;

const HASTY_MILLISECONDS = 4000; // two seconds of work

const kinds = (requests: readonly ProxiedRequest[]): readonly string[] =>
  requests.map((request) => {
    const { method, path } = request;
    if (isBulk(request)) return 'bulk';
    return path.startsWith('/_index_template/') ? `${method} template` : `${method} index`;
  });

describe.concurrent.each(['3.8', '2.19'] as const)('with OpenSearch %s', (openSearch) => {
  let stage: Stage;

  const suffixes = [
    'absent',
    'concrete',
    'aliased',
    'gone',
    'removed',
    'raced',
    'templated',
    'lost',
  ];

  beforeAll(async () => {
    const table = { settings: { number_of_replicas: 0 } };
    const tables = Object.fromEntries(suffixes.map((suffix) => [suffix, table]));
    const illegal = { settings: { number_of_shards: 0 } };
    const unmapped = { mappings: { properties: { a: { type: 'no such type' } } } };
    stage = await openStage({ openSearch, tables: { ...tables, illegal, unmapped } });
  });

  beforeEach(() => stage.openSearch.behave());

  afterAll(() => stage.stop());

  const ask = (method: string, path: string, body?: object) =>
    askOpenSearch(stage.openSearchUrl, method, path, body);

  const of = (suffix: string) => ({ table: `${stage.name}.${suffix}` });

  const indexOf = (suffix: string) => `${stage.name}-${suffix}`;

  /** What an index was made with, without what differs from index to index. */
  const definitionOf = async (index: string) => {
    const found = (await ask('GET', `/${index}?flat_settings=true`)) as {
      [index: string]: { mappings: object; settings: { [name: string]: unknown } };
    };
    const { mappings, settings } = found[index] ?? { mappings: {}, settings: {} };
    const { 'index.uuid': _, 'index.creation_date': __, ...rest } = settings;
    return { mappings, settings: rest };
  };

  test('an absent index is made, after a template of exactly its name, before the first write', async () => {
    const index = indexOf('absent');
    const { metrics } = await stage.invoke([stage.put('k', {}, of('absent'))]);
    expect(metrics).toMatchObject({ Written: 1 });
    expect(kinds(stage.openSearch.requests)).toEqual([
      'HEAD index',
      'PUT template',
      'PUT index',
      'bulk',
    ]);
    const { index_templates: templates } = (await ask('GET', `/_index_template/${index}`)) as {
      index_templates: { name: string; index_template: { index_patterns: string[] } }[];
    };
    expect(templates).toMatchObject([{ name: index, index_template: { index_patterns: [index] } }]);
    const { settings } = await definitionOf(index);
    expect(settings).toMatchObject({ 'index.number_of_replicas': '0' });
  });

  test('a concrete index that is there is taken as it is', async () => {
    const index = indexOf('concrete');
    await ask('PUT', `/${index}`, { mappings: { dynamic: false } });
    const before = await definitionOf(index);
    await stage.invoke([stage.put('k', { a: { S: 'x' } }, of('concrete'))]);
    expect(kinds(stage.openSearch.requests)).toEqual(['HEAD index', 'bulk']);
    expect(await definitionOf(index)).toEqual(before);
    expect([...(await stage.documents(index)).keys()]).toEqual(['k']);
  });

  test('an alias that is there is written through', async () => {
    const alias = indexOf('aliased');
    await ask('PUT', `/${alias}-1`, { aliases: { [alias]: { is_write_index: true } } });
    await stage.invoke([stage.put('k1', {}, of('aliased')), stage.put('k2', {}, of('aliased'))]);
    await ask('PUT', `/${alias}-2`);
    await ask('POST', '/_aliases', {
      actions: [
        { remove: { index: `${alias}-1`, alias } },
        { add: { index: `${alias}-2`, alias, is_write_index: true } },
      ],
    });
    await stage.invoke([stage.put('k3', {}, of('aliased')), stage.remove('k1', of('aliased'))]);
    expect(kinds(stage.openSearch.requests)).toEqual(['HEAD index', 'bulk', 'bulk']);
    expect([...(await stage.documents(`${alias}-1`)).keys()]).toEqual(['k1', 'k2']);
    expect([...(await stage.documents(`${alias}-2`)).keys()]).toEqual(['k3']);
  });

  test('an index that is deleted under way comes back the same', async () => {
    const index = indexOf('gone');
    await stage.invoke([stage.put('k1', {}, of('gone'))]);
    const before = await definitionOf(index);
    await ask('DELETE', `/${index}`);
    const { metrics } = await stage.invoke([stage.put('k2', {}, of('gone'))]);
    expect(metrics).toMatchObject({ Written: 1 });
    expect(await definitionOf(index)).toEqual(before);
    await ask('DELETE', `/${index}`);
    await stage.invoke([stage.remove('k2', of('gone'))]);
    const { settings } = await definitionOf(index);
    expect(settings).toEqual(before.settings);
  });

  test('a first removal makes the index that a first document would', async () => {
    const { metrics } = await stage.invoke([stage.remove('k', of('removed'))]);
    expect(metrics).toMatchObject({ Written: 1 });
    await stage.invoke([stage.put('k', { n: { N: '1' } }, of('removed'))]);
    const { mappings } = await definitionOf(indexOf('removed'));
    expect(mappings).toMatchObject({
      date_detection: false,
      properties: { n: { type: 'double' } },
    });
  });

  test('an index that another makes at the same moment is taken', async () => {
    const raced: Behaviour = async (request, passOn) => {
      if (kinds([request])[0] === 'PUT index') await passOn();
      return passOn();
    };
    stage.openSearch.behave(raced);
    const { metrics } = await stage.invoke([stage.put('k', {}, of('raced'))]);
    expect(metrics).toMatchObject({ Written: 1 });
    expect(kinds(stage.openSearch.requests)).toEqual([
      'HEAD index',
      'PUT template',
      'PUT index',
      'bulk',
    ]);
  });

  test('a template that is left from before is put anew', async () => {
    const index = indexOf('templated');
    const template = { settings: { number_of_replicas: 3 } };
    await ask('PUT', `/_index_template/${index}`, {
      index_patterns: [index],
      priority: 1000,
      template,
    });
    await stage.invoke([stage.put('k', {}, of('templated'))]);
    const { settings } = await definitionOf(index);
    expect(settings).toMatchObject({ 'index.number_of_replicas': '0' });
  });

  test('where OpenSearch makes no index by itself, one that is lost is made anew', async () => {
    await stage.invoke([stage.put('k1', {}, of('lost'))]);
    await ask('DELETE', `/${indexOf('lost')}`);
    const missing = failingItems(() => ({ status: 404, type: 'index_not_found_exception' }));
    stage.openSearch.behave(onBulk(inTurn([missing])));
    const { metrics } = await stage.invoke([stage.put('k2', {}, of('lost'))]);
    expect(metrics).toMatchObject({ Written: 1 });
    expect(kinds(stage.openSearch.requests)).toEqual([
      'bulk',
      'HEAD index',
      'PUT template',
      'PUT index',
      'bulk',
    ]);
  });

  test.each(['illegal', 'unmapped'])(
    'records of a table with %s settings or mappings come again, and the log names the table',
    async (suffix) => {
      const records = [stage.put('k', {}, of(suffix))];
      const { metrics, lines } = await stage.invoke(records);
      expect(metrics).toMatchObject({ Retried: 1 });
      expect(kinds(stage.openSearch.requests)).toEqual(['HEAD index', 'PUT template']);
      const warnings = lines
        .filter((line) => line.includes('"level":"WARN"'))
        .map((line) => JSON.parse(line));
      expect(warnings).toMatchObject([
        { table: `${stage.name}.${suffix}`, index: indexOf(suffix), status: 400 },
      ]);
      stage.openSearch.behave();
      await stage.invoke(records);
      expect(stage.openSearch.requests[0]?.method).toBe('HEAD');
    },
  );
});

describe.concurrent('an execution environment', () => {
  let stage: Stage;

  beforeAll(async () => {
    const tables = Object.fromEntries(
      ['once', 'large', 'faulty', 'sick'].map((suffix) => [suffix, {}]),
    );
    stage = await openStage({ tables });
  });

  beforeEach(() => stage.openSearch.behave());

  afterAll(() => stage.stop());

  const of = (suffix: string) => ({ table: `${stage.name}.${suffix}` });

  test('looks for an index once', async () => {
    for (const key of ['a', 'b', 'c']) await stage.invoke([stage.put(key, {}, of('once'))]);
    expect(kinds(stage.openSearch.requests)).toEqual([
      'HEAD index',
      'PUT template',
      'PUT index',
      'bulk',
      'bulk',
      'bulk',
    ]);
  });

  test('looks for an index once, also for two pages at the same time', async () => {
    stage.openSearch.behave(onBulk(accepting));
    const large = { a: { S: 'x'.repeat(700_000) } };
    await stage.invoke(['a', 'b', 'c'].map((key) => stage.put(key, large, of('large'))));
    expect(kinds(stage.openSearch.requests)).toEqual([
      'HEAD index',
      'PUT template',
      'PUT index',
      'bulk',
      'bulk',
      'bulk',
    ]);
  });

  const isPreparation = (request: ProxiedRequest) => !isBulk(request);

  test('gets over faults of every step', async () => {
    const faults = [
      cutBefore,
      answering(503),
      answering(429),
      answering(403),
      cutAfter,
      answering(401),
    ];
    const alternating = faults.flatMap((fault): Behaviour[] => [
      fault,
      (_request, passOn) => passOn(),
    ]);
    stage.openSearch.behave(when(isPreparation, inTurn(alternating)));
    const { metrics } = await stage.invoke([stage.put('k', {}, of('faulty'))]);
    expect(metrics).toMatchObject({ Written: 1 });
  });

  test.each([
    ['401', answering(401)],
    ['403', answering(403)],
    ['500', answering(500)],
    ['cut connections', cutBefore],
  ])('writes nothing while it cannot look because of %s', async (_, behaviour) => {
    stage.openSearch.behave(when(isPreparation, behaviour));
    const { metrics } = await stage.invoke([stage.put('k', {}, of('sick'))], HASTY_MILLISECONDS);
    expect(metrics).toMatchObject({ Retried: 1 });
    expect(kinds(stage.openSearch.requests)).not.toContain('bulk');
  });
});
