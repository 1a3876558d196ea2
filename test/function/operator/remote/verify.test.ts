import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { NextPhase } from '../../../../function/src/operator/remote/order.ts';
import { askOpenSearch } from '../../../support/ask-opensearch.ts';
import type { Behaviour, ProxiedRequest } from '../../../support/fault-proxy.ts';
import { answering, cutAfter, cutBefore, inTurn, when } from '../../../support/faults.ts';
import { hammer } from '../../../support/hammer.ts';
import { manyItems, putItems } from '../../../support/items.ts';
import { type OperatorStage, openOperatorStage } from '../../../support/operator-stage.ts';
import { ask, begin, newRunName, partsIn, takeSlice } from '../../../support/run-to-end.ts';
import { bulk, indexItems, verified } from '../verify/verified.ts';
import { SHORT, slowScans, verifiedInSlices } from './verify-suite.ts';

const ITEMS = 2000;

let stage: OperatorStage;

beforeAll(async () => {
  const settings = { number_of_shards: 2 };
  stage = await openOperatorStage({
    tables: {
      still: { settings },
      random: { settings },
      hot: {},
      replaced: {},
      untold: {},
      absent: {},
      alias: {},
      routed: { settings: { number_of_shards: 5 } },
    },
  });
  for (const suffix of ['still', 'random']) {
    await putItems(stage, manyItems(ITEMS), suffix);
    await indexItems(stage, suffix);
  }
}, 60_000);

beforeEach(() => {
  stage.openSearch.behave();
  stage.dynamoDB.behave();
  stage.aws.behave();
});

afterAll(() => stage.stop());

const askIndex = (method: string, path: string, body?: object) =>
  askOpenSearch(stage.openSearchUrl, method, path, body);

/** Breaks documents behind the function's back; returns what is to be told. */
const plant = async (suffix: string, numbers: readonly number[]): Promise<readonly string[]> => {
  const lines = numbers.map((n) => {
    if (n % 3 === 0) return `{"delete":{"_id":"item-${n}"}}\n`;
    if (n % 3 === 1) return `{"index":{"_id":"item-${n}"}}\n{"pk":"other"}\n`;
    return `{"index":{"_id":"extra-${n}"}}\n{"pk":"extra-${n}"}\n`;
  });
  await bulk(stage, stage.table(suffix), lines.join(''));
  const kinds = (n: number) =>
    n % 3 === 0 ? `missing item-${n}` : n % 3 === 1 ? `stale item-${n}` : `extra extra-${n}`;
  return numbers.map(kinds).sort();
};

const mend = async (suffix: string) => {
  await verified(stage, suffix, { isRepairing: true });
};

const numbers = (count: number, below = ITEMS): readonly number[] => [
  ...new Set(Array.from({ length: count }, () => Math.floor(Math.random() * below))),
];

const isStored = ({ method, path }: ProxiedRequest): boolean =>
  method === 'PUT' && path.includes('/parts/');

describe('each difference is told once, and counted once,', () => {
  let planted: readonly string[];

  beforeAll(async () => {
    planted = await plant('still', [3, 4, 5, 600, 601, 602, 1200, 1201, 1202]);
  });

  const expectPlanted = ({ told, counts }: Awaited<ReturnType<typeof verifiedInSlices>>) => {
    expect(told).toEqual(planted);
    expect(counts).toMatchObject({
      items: ITEMS,
      missing: 3,
      stale: 3,
      extra: 3,
      documents: ITEMS,
    });
  };

  test('when every slice is taken twice, one after the other or at once', async () => {
    stage.dynamoDB.behave(slowScans);
    expectPlanted(
      await verifiedInSlices(stage, {
        suffix: 'still',
        ...SHORT,
        slice: async ({ segment }, take) => {
          if (segment % 2 === 0) await take();
          const [one] = await Promise.all([take(), take()]);
          return one;
        },
      }),
    );
  }, 60_000);

  test('when slices die before they were stored', async () => {
    let slices = 0;
    expectPlanted(
      await verifiedInSlices(stage, {
        suffix: 'still',
        ...SHORT,
        slice: async (_part, take) => {
          const isToDie = ++slices % 3 === 0;
          if (isToDie)
            stage.aws.behave(when(isStored, inTurn([(_, passOn) => passOn()], cutBefore)));
          return take().finally(() => stage.aws.behave());
        },
      }),
    );
  }, 60_000);

  test('when slices are gone on with while OpenSearch and DynamoDB are sick now and then', async () => {
    let requests = 0;
    const everyFifth =
      (fault: Behaviour): Behaviour =>
      (request, passOn) =>
        ++requests % 5 === 0 ? fault(request, passOn) : passOn();
    stage.openSearch.behave(everyFifth(answering(503)));
    stage.dynamoDB.behave(everyFifth(cutAfter));
    expectPlanted(await verifiedInSlices(stage, { suffix: 'still', ...SHORT }));
  }, 60_000);
});

test('slices and a verification on one machine find the same differences, whatever they are', async () => {
  for (let run = 0; run < 3; run++) {
    const planted = await plant('random', numbers(40));
    const [local, sliced] = [
      await verified(stage, 'random'),
      await verifiedInSlices(stage, { suffix: 'random', order: { segments: run + 1 }, ...SHORT }),
    ];
    expect(local.told).toEqual(planted);
    expect(sliced.told).toEqual(local.told);
    const { items, compared, documents, missing, extra, stale } = local.counts;
    expect(sliced.counts).toMatchObject({ items, compared, documents, missing, extra, stale });
    await mend('random');
  }
}, 120_000);

test('while somebody changes the table all the while and the function follows, nothing is called a difference', async () => {
  const items = manyItems(1500);
  const mapping = await stage.follow();
  await putItems(stage, items);
  await mapping.drained();
  const writer = hammer(
    stage,
    items.slice(0, 100).map(({ pk }) => pk?.S ?? ''),
  );
  const { told, answer } = await verifiedInSlices(stage, {
    order: { delay_seconds: 7 },
    sliceMilliseconds: 3000,
  });
  await writer.stop();
  expect(told).toEqual([]);
  expect(answer.verdict).toBe('well');
}, 120_000);

test('an item that changes all the while, and whose document follows, is changing, in however many slices', async () => {
  await putItems(stage, manyItems(5), 'hot');
  await indexItems(stage, 'hot');
  const { index } = stage.table('hot');
  let isOn = true;
  const change = async () => {
    for (let n = 3; isOn; n++) {
      await stage.putItem({ pk: { S: 'item-1' }, n: { N: `${n}` } }, 'hot');
      const path = `/${index}/_doc/item-1?version_type=external_gte&version=${Date.now() * 1000}`;
      await askIndex('PUT', path, { pk: 'item-1', n: n - 1000 });
      await sleep(5);
    }
  };
  const changing = change();
  try {
    const { told, counts, slices } = await verifiedInSlices(stage, {
      suffix: 'hot',
      order: { delay_seconds: 1, segments: 1 },
      ...SHORT,
    });
    expect({ told, changing: counts.changing }).toEqual({ told: [], changing: 1 });
    expect(slices).toBeGreaterThan(2);
  } finally {
    isOn = false;
    await changing;
  }
}, 60_000);

/** Begins a verification; what comes of it is for the test. */
const begun = async (suffix: string, order: object = {}) => {
  const run = newRunName();
  const tables = [stage.table(suffix).name];
  const answer = await begin(run, {
    command: 'verify',
    tables,
    segments: 1,
    delay_seconds: 0.1,
    ...order,
  });
  return { run, parts: answer.is_done ? [] : partsIn(stage, answer.manifest.key) };
};

const onlyPart = async (suffix: string, order?: object) => {
  const { run, parts } = await begun(suffix, order);
  const [part] = parts;
  if (part === undefined) throw new Error('there is no part');
  return { run, part };
};

describe('a run fails with the sentence of a verification on one machine', () => {
  test('when its index is replaced between slices', async () => {
    await putItems(stage, manyItems(20), 'replaced');
    await indexItems(stage, 'replaced');
    const { run, part } = await onlyPart('replaced');
    const { index } = stage.table('replaced');
    await askIndex('DELETE', `/${index}`);
    await indexItems(stage, 'replaced');
    await expect(takeSlice(run, part)).rejects.toThrow(
      `the index ${index} was replaced by another meanwhile. Verify again`,
    );
  });

  test('when its index is deleted after the last slice', async () => {
    const { run, part } = await onlyPart('replaced');
    await expect(takeSlice(run, part)).resolves.toEqual({ is_done: true });
    const { index } = stage.table('replaced');
    await askIndex('DELETE', `/${index}`);
    await expect(ask({ step: 'next', run })).rejects.toThrow(`the index ${index} was deleted`);
  });

  test('when documents are fewer than were found in an index that nobody tells apart', async () => {
    await putItems(stage, manyItems(20), 'untold');
    await indexItems(stage, 'untold');
    const { index } = stage.table('untold');
    const denied = answering(403, { error: { type: 'security_exception' } });
    stage.openSearch.behave(
      when(({ method, path }) => method === 'GET' && path === `/${index}`, denied),
    );
    const { run, part } = await onlyPart('untold');
    await takeSlice(run, part);
    await askIndex('DELETE', `/${index}/_doc/item-3`);
    const documents = await ask<NextPhase>({ step: 'next', run });
    if (documents.is_done) throw new Error('it is over');
    for (const shard of partsIn(stage, documents.manifest.key)) await takeSlice(run, shard);
    await expect(ask({ step: 'next', run })).rejects.toThrow(
      `fewer documents of ${index} were listed`,
    );
  });

  test('when it could not tell at the beginning: an alias with a filter', async () => {
    const { index } = stage.table('alias');
    const aliases = { [index]: { filter: { exists: { field: 'pk' } } } };
    await askIndex('PUT', `/${index}-v1`, { aliases });
    await expect(begun('alias')).rejects.toThrow(`${index} is an alias with a filter`);
  });
});

test('OpenSearch that is sick all the while hinders a slice, which loses nothing', async () => {
  const { run, part } = await onlyPart('still');
  stage.openSearch.behave(answering(503));
  await expect(takeSlice(run, part, 3000)).rejects.toMatchObject({
    name: 'Hindered',
    message: expect.stringContaining('http_503'),
  });
  stage.openSearch.behave();
  await expect(takeSlice(run, part)).resolves.toEqual({ is_done: true });
});

test('without an index every item lacks its document', async () => {
  await putItems(stage, manyItems(250), 'absent');
  const { counts, answer } = await verifiedInSlices(stage, { suffix: 'absent' });
  expect(counts).toMatchObject({ missing: 250, compared: 250, documents: 0, extra: 0 });
  expect(answer.verdict).toBe('something_left');
  const { counts: sample } = await verifiedInSlices(stage, {
    suffix: 'absent',
    order: { sample: 10 },
  });
  expect(sample.items).toBeLessThan(150);
  expect(sample.missing).toBe(sample.items);
}, 60_000);

test('a document out of reach by its routing is told once, with what deletes it', async () => {
  await putItems(stage, manyItems(20), 'routed');
  await indexItems(stage, 'routed');
  const { index } = stage.table('routed');
  for (const routing of ['a', 'b', 'c', 'd', 'e'])
    await askIndex('PUT', `/${index}/_doc/item-1?routing=${routing}`, { pk: 'item-1' });
  const local = await verified(stage, 'routed', { isRepairing: false });
  const { told, counts } = await verifiedInSlices(stage, {
    suffix: 'routed',
    slice: async (_part, take) => {
      await take();
      return take();
    },
  });
  expect(told).toEqual(local.told);
  expect(counts.extra).toBe(local.counts.extra);
});

describe('a whole verification', () => {
  const linesOf = async (act: () => Promise<unknown>): Promise<readonly string[]> => {
    const written: string[] = [];
    const spy = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      written.push(String(chunk));
      return true;
    });
    await act().finally(() => spy.mockRestore());
    return written.filter((line) => line.includes('"_aws"'));
  };

  const latest = () => {
    const path = `${stage.name}/operations/latest/${stage.table('still').name}.json`;
    return JSON.parse(stage.awsState.objects.get(path)?.toString() ?? '{}');
  };

  test('is told to CloudWatch and kept for the dashboard: what a repair has mended is not left', async () => {
    await mend('still');
    await plant('still', [3, 4, 5, 7]);
    const [found = ''] = await linesOf(() => verifiedInSlices(stage, { suffix: 'still' }));
    const { name: table } = stage.table('still');
    expect(JSON.parse(found)).toMatchObject({
      ...{ function: 'stage-operations', table },
      ...{ Compared: ITEMS, Missing: 1, Extra: 1, Stale: 2 },
    });
    expect(latest()).toMatchObject({
      verdict: 'different',
      counts: { items: ITEMS, missing: 1, extra: 1, stale: 2 },
    });
    const order = { repair: true };
    const [mended = ''] = await linesOf(() => verifiedInSlices(stage, { suffix: 'still', order }));
    expect(JSON.parse(mended)).toMatchObject({ Compared: ITEMS, Missing: 0, Extra: 0, Stale: 0 });
    expect(latest()).toMatchObject({
      verdict: 'equal',
      counts: { missing: 0, extra: 0, stale: 0 },
    });
    const mapping = await fetch(`${stage.openSearchUrl}/${stage.table('still').index}/_mapping`);
    expect(await mapping.text()).toContain('"conversion"');
  }, 60_000);

  test('is what a sample is not', async () => {
    const before = latest();
    const order = { sample: 5 };
    const lines = await linesOf(() => verifiedInSlices(stage, { suffix: 'still', order }));
    expect(lines).toEqual([]);
    expect(latest()).toEqual(before);
  }, 60_000);
});
