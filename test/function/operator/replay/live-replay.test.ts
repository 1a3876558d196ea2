import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Item } from '../../../../function/src/core/attribute-value.ts';
import { cutAfter, inTurn, onBulk } from '../../../support/faults.ts';
import { type OperatorStage, openOperatorStage } from '../../../support/operator-stage.ts';
import { objectKeys, POISON, POISONABLE, replayed } from './replayed.ts';

let stage: OperatorStage;

beforeAll(async () => {
  stage = await openOperatorStage({ table: { mappings: POISONABLE } });
});

afterAll(() => stage.stop());

const KEYS = ['a', 'b', 'c', 'd', 'e', 'f'];
const pick = <Value>(values: readonly Value[]): Value | undefined =>
  values[Math.floor(Math.random() * values.length)];

/** Puts, poisons and deletes the same few items until it is told to stop. */
const hammer = async (signal: AbortSignal): Promise<void> => {
  for (let n = 0; !signal.aborted; n++) {
    const key = { pk: { S: pick(KEYS) ?? '' } };
    const healthy: Item = { ...key, n: { N: String(n) } };
    const act = pick([
      () => stage.putItem(healthy),
      () => stage.putItem(healthy),
      () => stage.putItem({ ...healthy, ...POISON }),
      () => stage.deleteItem(key),
    ]);
    await act?.();
    await sleep(20);
  }
};

const isPoison = ({ poison }: Item): boolean => poison !== undefined;

/** The documents that the index must have, poison aside, whose documents are as they were before. */
const expected = async () => {
  const items = await stage.items();
  const healthy = items.filter((item) => !isPoison(item));
  const documents = healthy.map((item): [string, object] => [
    item['pk']?.S ?? '',
    { pk: item['pk']?.S, n: Number(item['n']?.N) },
  ]);
  const poisonous = items.filter(isPoison).map((item) => item['pk']?.S ?? '');
  return { documents: new Map(documents), poisonous };
};

const sources = async () =>
  new Map([...(await stage.documents())].map(([id, { source }]) => [id, source]));

const ENOUGH = 10;

test('while the function follows and a writer hammers the same keys, index and table become equal but for what is refused', async () => {
  const mapping = await stage.follow();
  const over = new AbortController();
  const writing = hammer(over.signal);
  let settledMeanwhile = 0; // letters, while the writer is at work
  while (settledMeanwhile < ENOUGH) {
    stage.openSearch.behave(onBulk(inTurn([cutAfter])));
    settledMeanwhile += (await replayed(stage)).settled;
    await sleep(100);
  }
  over.abort();
  await writing;
  stage.openSearch.behave();
  await mapping.drained();

  const { refused, settled } = await replayed(stage);
  const { documents, poisonous } = await expected();
  const now = await sources();
  for (const key of KEYS.filter((one) => !poisonous.includes(one))) {
    expect([key, now.get(key)]).toEqual([key, documents.get(key)]);
  }
  expect(new Set(stage.letters().map(({ letter }) => letter['id']))).toEqual(new Set(poisonous));
  expect(refused + settled).toBeGreaterThanOrEqual(poisonous.length);

  for (const key of poisonous) await stage.putItem({ pk: { S: key }, n: { N: '0' } });
  await replayed(stage);
  expect(objectKeys(stage)).toEqual([]);
  expect(await sources()).toEqual((await expected()).documents);
}, 90_000);
