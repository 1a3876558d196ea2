import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Behaviour } from '../../support/fault-proxy.ts';
import { accepting, failingItems, idsIn, isBulk, onBulk } from '../../support/faults.ts';
import { openStage, type Stage, warmUp } from '../../support/function-stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  await warmUp(12_000)(stage);
  await warmUp(3000)(stage);
});

beforeEach(() => stage.openSearch.behave());

afterAll(() => stage.stop());

/** How many requests were on their way while each one was. */
const watch = (
  behaviour: Behaviour,
): { readonly widths: number[]; readonly watched: Behaviour } => {
  const widths: number[] = [];
  let underWay = 0;
  const watched: Behaviour = async (request, passOn) => {
    widths.push(++underWay);
    await sleep(250);
    const reaction = await behaviour(request, passOn);
    underWay -= 1;
    return reaction;
  };
  return { widths, watched };
};

/** Changes that are too large to share a page. */
const pages = (count: number) =>
  Array.from({ length: count }, (_, position) =>
    stage.put(`${crypto.randomUUID()}-${position}`, { a: { S: 'x'.repeat(600_000) } }),
  );

test('while OpenSearch works on one page the next is sent, and never a third', async () => {
  const { widths, watched } = watch(accepting);
  stage.openSearch.behave(onBulk(watched));
  const { metrics } = await stage.invoke(pages(6));
  expect(metrics).toMatchObject({ Written: 6 });
  expect(widths).toHaveLength(6);
  expect(Math.max(...widths)).toBe(2);
});

test('from the first 429 of a request on, one page at a time is sent', async () => {
  let requests = 0;
  const { widths, watched } = watch((request, passOn) =>
    ++requests === 2 ? { status: 429, body: '' } : accepting(request, passOn),
  );
  stage.openSearch.behave(onBulk(watched));
  const { metrics } = await stage.invoke(pages(6));
  expect(metrics).toMatchObject({ Written: 6 });
  expect(widths.slice(0, 2)).toEqual([1, 2]);
  expect(widths.slice(4)).toEqual([1, 1, 1]);
});

test('from the first 429 of one item on, one page at a time is sent', async () => {
  let refused: string | undefined;
  const tooMany: Behaviour = (request, passOn) => {
    refused ??= idsIn(request)[0];
    return failingItems((id) => ({ status: id === refused ? 429 : 201 }))(request, passOn);
  };
  const { widths, watched } = watch(tooMany);
  stage.openSearch.behave(onBulk(watched));
  const { metrics } = await stage.invoke(pages(5), 5000);
  expect(metrics).toMatchObject({ Retried: 5 });
  expect(Math.max(...widths.slice(3))).toBe(1);
});

test('other faults leave the pages two abreast', async () => {
  let requests = 0;
  const { widths, watched } = watch((request, passOn) =>
    ++requests === 1 ? { status: 503, body: '' } : accepting(request, passOn),
  );
  stage.openSearch.behave(onBulk(watched));
  await stage.invoke(pages(6));
  expect(Math.max(...widths.slice(3))).toBe(2);
});

test('no page is larger than a megabyte unless one document is, and no two hold the same document', async () => {
  const records = [
    ...pages(2),
    stage.put('large', { a: { S: 'x'.repeat(1_500_000) } }),
    ...pages(1),
    stage.put('large', { a: { S: 'y'.repeat(1_500_000) } }),
  ];
  stage.openSearch.behave(onBulk(accepting));
  const { metrics } = await stage.invoke(records);
  expect(metrics).toMatchObject({ Written: 4, Folded: 1 });
  const requests = stage.openSearch.requests.filter(isBulk);
  const ids = requests.flatMap(idsIn);
  expect(new Set(ids).size).toBe(ids.length);
  for (const request of requests) {
    if (idsIn(request).length > 1) expect(request.body.length).toBeLessThanOrEqual(1024 * 1024);
  }
});

test('each request is for one index', async () => {
  const several = await openStage({ tables: { a: {}, b: {} } });
  const tables = [several.name, `${several.name}.a`, `${several.name}.b`];
  const records = Array.from({ length: 9 }, (_, position) =>
    several.put(`k${position}`, {}, { table: tables[position % 3] ?? '' }),
  );
  const { allMetrics } = await several.invoke(records);
  const paths = several.openSearch.requests.filter(isBulk).map(({ path }) => path.split('?')[0]);
  await several.stop();
  expect(allMetrics).toMatchObject([{ Written: 3 }, { Written: 3 }, { Written: 3 }]);
  const suffixes = ['', '-a', '-b'];
  expect(paths.sort()).toEqual(suffixes.map((suffix) => `/${several.name}${suffix}/_bulk`).sort());
});
