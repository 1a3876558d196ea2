import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { JsonWriter } from '../../function/src/core/json-writer.ts';
import { composeChanges } from '../../function/src/core/operation.ts';
import { askOpenSearch } from '../support/ask-opensearch.ts';
import type { ProxiedRequest } from '../support/fault-proxy.ts';
import { isBulk } from '../support/faults.ts';
import { stageForAll, warmUp } from '../support/function-stage.ts';
import type { MetricLine } from '../support/metric-lines.ts';
import { aChange } from '../support/records.ts';
import { functionCost, type ProcessCost } from './function-cost.ts';
import { LARGEST_ITEM_BYTES, ordinary, type Poison, poisons } from './poisons.ts';

const all = [ordinary, ...poisons];

describe.each(all)('$name', ({ attributes }: Poison) => {
  /** How many bytes of a bulk request such an item comes to; 0 where it is set aside. */
  const bytesFor = (bytes: number): number => {
    const image = { pk: { S: 'k1' }, ...attributes(bytes) };
    const { next } = composeChanges([aChange({ image })], new JsonWriter());
    return next?.kind === 'operation' ? next.lines.length : 0;
  };

  test('costs no more than in proportion to its size, and not ten times as much', () => {
    const sizes = [0.25, 0.5, 1].map((share) => share * LARGEST_ITEM_BYTES);
    const [quarter = 0, half = 0, whole = 0] = sizes.map(bytesFor);
    expect(half).toBeLessThanOrEqual(quarter * 2.1);
    expect(whole).toBeLessThanOrEqual(half * 2.1);
    expect(whole).toBeLessThanOrEqual(LARGEST_ITEM_BYTES * 10);
  });
});

const WITHIN_MILLISECONDS = 25_000;

// POISON=1 prints what each of them costs, for docs/security.md; on Linux.
const isReporting = process.env['POISON'] !== undefined;
const rows: string[] = [];

type Observed = {
  readonly costBefore: ProcessCost;
  readonly metrics: MetricLine;
  readonly requests: readonly ProxiedRequest[];
};

const rowOf = (name: string, { costBefore, metrics, requests }: Observed): string => {
  const { cpuMilliseconds, peakMegabytes } = functionCost();
  const sent = requests.reduce((sum, { body }) => sum + body.length, 0);
  const figures = [
    Math.round(cpuMilliseconds - costBefore.cpuMilliseconds),
    Math.round(peakMegabytes),
    requests.length,
    Math.round(sent / 1024),
    metrics['BulkMilliseconds'],
    metrics['DeadLettered'] === 0 ? 'written' : 'dead letter',
  ];
  return `| ${[name, ...figures].join(' | ')} |`;
};

afterAll(() => {
  if (isReporting) process.stdout.write(`${rows.join('\n')}\n`);
});

describe('as large as DynamoDB lets it be,', () => {
  const stage = stageForAll({}, warmUp(WITHIN_MILLISECONDS));
  beforeEach(() => stage().awsState.objects.clear());

  const fieldsOf = async (index: string): Promise<number> => {
    const mapping = await askOpenSearch(stage().openSearchUrl, 'GET', `/${index}/_mapping`);
    return JSON.stringify(mapping).split('"type":').length;
  };

  test.each(all)(
    '$name is $fate, whole, in a few requests, and its neighbours are written',
    async ({ name, attributes, fate }) => {
      const costBefore = isReporting ? functionCost() : undefined;
      const [before, after] = [crypto.randomUUID(), crypto.randomUUID()];
      const poison = stage().put('poison', attributes(LARGEST_ITEM_BYTES));
      const fields = await fieldsOf(stage().name);
      const { metrics, retryFrom, lines } = await stage().invoke(
        [stage().put(before), poison, stage().put(after)],
        WITHIN_MILLISECONDS,
      );
      const isWritten = fate === 'written';
      expect(retryFrom).toBeUndefined();
      expect(metrics).toMatchObject({
        Written: isWritten ? 3 : 2,
        DeadLettered: isWritten ? 0 : 1,
      });
      expect(
        stage()
          .letters()
          .map(({ letter }) => letter.record),
      ).toEqual(isWritten ? [] : [poison]);
      const requests = stage().openSearch.requests.filter(isBulk);
      if (costBefore) rows.push(rowOf(name, { costBefore, metrics, requests }));
      expect(requests.length).toBeLessThanOrEqual(3);
      const sent = requests.reduce((sum, { body }) => sum + body.length, 0);
      expect(sent).toBeLessThanOrEqual(LARGEST_ITEM_BYTES * 10);
      if (!isWritten) expect(await fieldsOf(stage().name)).toBe(fields);
      for (const line of lines) expect(line.length).toBeLessThan(2000);
    },
  );
});

describe('an index with OpenSearch’s own limit of a thousand fields', () => {
  const stage = stageForAll({}, async ({ openSearchUrl, name }) =>
    askOpenSearch(openSearchUrl, 'PUT', `/${name}`),
  );

  test('refuses an item of ten thousand, and its mapping stays what it was', async () => {
    const attributes = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, at) => [`a${at}`, { N: '1' }]),
    );
    const poison = stage().put('poison', attributes);
    const { metrics } = await stage().invoke(
      [stage().put('one'), poison, stage().put('other')],
      WITHIN_MILLISECONDS,
    );
    expect(metrics).toMatchObject({ Written: 2, DeadLettered: 1 });
    expect(stage().letters()).toMatchObject([
      {
        letter: {
          id: 'poison',
          error: { type: 'illegal_argument_exception', reason: expect.stringContaining('[1000]') },
          record: poison,
        },
      },
    ]);
    const mapping = await askOpenSearch(stage().openSearchUrl, 'GET', `/${stage().name}/_mapping`);
    expect(Object.keys(Object(mapping)[stage().name].mappings.properties)).toEqual(['pk']);
  });

  test('takes whatever names look like: paths, scripts and what a terminal obeys', async () => {
    const names = [
      '__proto__',
      'constructor',
      '<script>',
      '\x1b[2J',
      '{{ctx}}',
      '${x',
      '}',
      '*',
      '%2e',
    ];
    const attributes = names.map(
      (name) => `${JSON.stringify(name)}:{"S":"</td>\\u001b]0;x\\u0007"}`,
    );
    const image = JSON.parse(`{"pk":{"S":"names"},${attributes}}`);
    const records = [stage().record({ keys: { pk: { S: 'names' } }, image })];
    expect((await stage().invoke(records)).metrics).toMatchObject({ Written: 1 });
    const source = (await stage().documents()).get('names')?.source;
    expect(Object.keys(Object(source)).sort()).toEqual([...names, 'pk'].sort());
  });

  test('is the only one that is written, whatever an id looks like', async () => {
    const ids = [
      '../_all/_doc/1',
      '/_bulk',
      '?pipeline=x',
      '#',
      '\n{"delete":{}}',
      '%00',
      'a\u2028b',
    ];
    const { metrics } = await stage().invoke(ids.map((id) => stage().put(id)));
    expect(metrics).toMatchObject({ Written: ids.length });
    const found = await stage().documents();
    expect(ids.filter((id) => !found.has(id))).toEqual([]);
    for (const { path } of stage().openSearch.requests)
      expect(path.split('?')[0]).toMatch(new RegExp(`^/${stage().name}(/_bulk)?$`));
  });
});
