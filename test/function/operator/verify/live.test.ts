import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventSourceMapping } from '../../../../scripts/local/event-source-mapping/event-source-mapping.ts';
import { askOpenSearch } from '../../../support/ask-opensearch.ts';
import { hammer } from '../../../support/hammer.ts';
import { manyItems, putItems } from '../../../support/items.ts';
import { type OperatorStage, openOperatorStage } from '../../../support/operator-stage.ts';
import { indexItems, verified } from './verified.ts';

const ITEMS = 2000;

let stage: OperatorStage;
let mapping: EventSourceMapping;

beforeAll(async () => {
  stage = await openOperatorStage();
  await putItems(stage, manyItems(ITEMS));
  await indexItems(stage);
  mapping = await stage.follow();
});

afterAll(() => stage.stop());

// Longer than the stream lags behind, on a machine that has other things to do too.
const delaySeconds = 7;

const keysOf = (items: ReturnType<typeof manyItems>) => items.map(({ pk }) => pk?.S ?? '');

const document = (id: string) => `/${stage.name}/_doc/${id}`;

/** One document of each kind that is wrong, of items that nobody else writes. */
const plant = async (number: number) => {
  const [missing, stale, extra] = [`item-${number}`, `item-${number + 1}`, `extra-${number}`];
  const ask = (method: string, id: string, body?: object) =>
    askOpenSearch(stage.openSearchUrl, method, document(id), body);
  await ask('DELETE', missing);
  await ask('PUT', stale, { pk: stale, n: 0 });
  await ask('PUT', extra, { pk: extra });
  return [`extra ${extra}`, `missing ${missing}`, `stale ${stale}`];
};

test('while somebody changes the table all the while and the function follows, nothing is called a difference', async () => {
  const writer = hammer(stage, keysOf(manyItems(100)));
  for (let run = 0; run < 2; run++) {
    const { told, counts } = await verified(stage, '', { delaySeconds });
    expect(told).toEqual([]);
    expect(counts.items).toBeGreaterThan(ITEMS - 100);
  }
  await writer.stop();
  expect(writer.writes()).toBeGreaterThan(0);
}, 120_000);

test('what differs meanwhile is found, all of it and nothing else, and repaired beside the function', async () => {
  const writer = hammer(stage, keysOf(manyItems(100)));
  const planted = await plant(500);
  const repaired = await verified(stage, '', { delaySeconds, isRepairing: true });
  expect(repaired.told).toEqual(planted);
  expect(repaired.counts).toMatchObject({ repaired: 3, unrepaired: 0 });
  await writer.stop();
  await mapping.drained();
  expect((await verified(stage)).told).toEqual([]);
}, 120_000);

test('a repair of documents that the function writes at the same time leaves them as the table is', async () => {
  const keys = keysOf(manyItems(20));
  const writer = hammer(stage, keys);
  // With no patience whatever is on its way counts as a difference, and is repaired.
  for (let run = 0; run < 5; run++) {
    await verified(stage, '', { delaySeconds: 0.01, isRepairing: true });
  }
  await writer.stop();
  await mapping.drained();
  expect((await verified(stage)).told).toEqual([]);
}, 120_000);
