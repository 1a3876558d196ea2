import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type OperatorStage, openOperatorStage } from '../../../support/operator-stage.ts';
import { backfilled, expectIndexToEqualTable, manyItems, putItems } from './backfilled.ts';

let stage: OperatorStage;

beforeAll(async () => {
  stage = await openOperatorStage({
    // An object: a text in its place is refused.
    table: { mappings: { properties: { poison: { type: 'object' } } } },
    tables: { empty: {} },
  });
});

beforeEach(() => {
  stage.openSearch.behave();
  stage.dynamoDB.behave();
});

afterAll(() => stage.stop());

test('every item of a table becomes a document, in an index that is made for it', async () => {
  await putItems(stage, manyItems(9000));
  const { isDone, counts } = await backfilled(stage);
  expect(isDone).toBe(true);
  expect(counts).toMatchObject({ read: 9000, written: 9000, superseded: 0, rejected: 0 });
  await expectIndexToEqualTable(stage);
});
