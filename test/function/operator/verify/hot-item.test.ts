import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askOpenSearch } from '../../../support/ask-opensearch.ts';
import { manyItems, putItems } from '../../../support/items.ts';
import { type OperatorStage, openOperatorStage } from '../../../support/operator-stage.ts';
import { indexItems, type Verified, verified } from './verified.ts';

let stage: OperatorStage;

beforeAll(async () => {
  stage = await openOperatorStage();
  await putItems(stage, manyItems(5));
  await indexItems(stage);
});

afterAll(() => stage.stop());

const CHANGES_BEHIND = 1_000; // more than anybody makes between a look at the item and one at its document

/** Verifies while an item changes all the while, and its document, with more fields, some changes behind. */
const verifiedMeanwhile = async (more: object): Promise<Verified> => {
  let isOn = true;
  let changes = 0;
  const change = async () => {
    for (let n = 3; isOn; n++) {
      await stage.putItem({ pk: { S: 'item-1' }, n: { N: `${n}` } });
      const path = `/${stage.name}/_doc/item-1?version_type=external_gte&version=${Date.now() * 1000}`;
      await askOpenSearch(stage.openSearchUrl, 'PUT', path, {
        pk: 'item-1',
        n: n - CHANGES_BEHIND,
        ...more,
      });
      changes++;
      await sleep(5);
    }
  };
  const changing = change();
  try {
    await expect.poll(() => changes).toBeGreaterThan(0);
    return await verified(stage, '', { delaySeconds: 1 });
  } finally {
    isOn = false;
    await changing;
  }
};

test('an item that changes all the while, and whose document follows, is changing', async () => {
  const { told, counts } = await verifiedMeanwhile({});
  expect({ told, changing: counts.changing }).toEqual({ told: [], changing: 1 });
});

test('it is stale if its document is always wrong in a field that the item does not have', async () => {
  const { differences, counts } = await verifiedMeanwhile({ secret: 'excluded long ago' });
  expect(counts).toMatchObject({ changing: 0, stale: 1 });
  expect(differences).toMatchObject([{ id: 'item-1', field: { path: 'secret' } }]);
});
