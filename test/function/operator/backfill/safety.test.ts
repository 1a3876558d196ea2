import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Item } from '../../../../function/src/core/attribute-value.ts';
import { askOpenSearch } from '../../../support/ask-opensearch.ts';
import { inTurn, isBulk, when } from '../../../support/faults.ts';
import { hammer } from '../../../support/hammer.ts';
import { manyItems, putItems } from '../../../support/items.ts';
import { type OperatorStage, openOperatorStage } from '../../../support/operator-stage.ts';
import { backfilled, expectIndexToEqualTable } from './backfilled.ts';

let stage: OperatorStage;

beforeAll(async () => {
  stage = await openOperatorStage({
    tables: { ingested: {}, raced: {}, narrowed: { exclude: ['secret'] } },
  });
});

beforeEach(() => {
  stage.openSearch.behave();
  stage.dynamoDB.behave();
});

afterAll(() => stage.stop());

const nowMicroseconds = () => Math.floor(Date.now() / 1000) * 1_000_000;

/** What the function would do with a change of this version; what is superseded is left alone. */
const follow = async (
  index: string,
  id: string,
  version: number,
  document?: object,
): Promise<void> => {
  const path = `/${index}/_doc/${id}?version_type=external_gte&version=${version}`;
  const method = document === undefined ? 'DELETE' : 'PUT';
  await askOpenSearch(stage.openSearchUrl, method, path, document).catch((error: Error) => {
    if (!/answered (404|409)/.test(error.message)) throw error;
  });
};

/** Does this once while the first bulk request is on its way: the items were read and not yet written. */
const betweenReadAndWrite = (act: () => Promise<unknown>) =>
  stage.openSearch.behave(
    when(
      isBulk,
      inTurn([
        async (_request, passOn) => {
          await act();
          return passOn();
        },
      ]),
    ),
  );

const sourceOf = async (id: string, suffix?: string) =>
  (await stage.documents(stage.table(suffix).index)).get(id)?.source;

const put = (key: string, attributes: Item = {}) =>
  stage.putItem({ pk: { S: key }, ...attributes }, 'raced');

test('an item that is deleted between read and write does not come back', async () => {
  await put('deleted');
  const { index } = stage.table('raced');
  betweenReadAndWrite(async () => {
    await stage.deleteItem({ pk: { S: 'deleted' } }, 'raced');
    await follow(index, 'deleted', nowMicroseconds());
  });
  await backfilled(stage, { suffix: 'raced' });
  expect(await sourceOf('deleted', 'raced')).toBeUndefined();
});

test('an item that is changed between read and write stays as it was changed, within the same second too', async () => {
  await put('changed', { a: { S: 'old' } });
  const { index } = stage.table('raced');
  betweenReadAndWrite(async () => {
    await put('changed', { a: { S: 'new' } });
    await follow(index, 'changed', nowMicroseconds(), { pk: 'changed', a: 'new' });
  });
  await backfilled(stage, { suffix: 'raced' });
  expect(await sourceOf('changed', 'raced')).toEqual({ pk: 'changed', a: 'new' });
});

test('a change that the function brings after the write wins, although it was made in the second of the read', async () => {
  await put('later', { a: { S: 'old' } });
  const second = nowMicroseconds();
  await backfilled(stage, { suffix: 'raced' });
  await put('later', { a: { S: 'new' } });
  await follow(stage.table('raced').index, 'later', second, { pk: 'later', a: 'new' });
  expect(await sourceOf('later', 'raced')).toEqual({ pk: 'later', a: 'new' });
});

test('an index of OpenSearch Ingestion is taken over: older documents are overwritten, newer ones stay', async () => {
  const { index } = stage.table('ingested');
  const hour = 3_600_000_000;
  // Ingestion counts microseconds and some more within the second.
  await follow(index, 'older', nowMicroseconds() - hour + 123_456, { pk: 'older', a: 'stale' });
  await follow(index, 'newer', nowMicroseconds() + 10_123_456, {
    pk: 'newer',
    a: 'from the stream',
  });
  await follow(index, 'future', nowMicroseconds() + 24 * hour, { pk: 'future', a: 'stale' });
  for (const key of ['older', 'newer', 'future'])
    await stage.putItem({ pk: { S: key }, a: { S: 'from the table' } }, 'ingested');
  const { counts } = await backfilled(stage, { suffix: 'ingested' });
  expect(counts).toMatchObject({ written: 2, superseded: 1, reread: 1 });
  expect(await sourceOf('older', 'ingested')).toMatchObject({ a: 'from the table' });
  expect(await sourceOf('newer', 'ingested')).toMatchObject({ a: 'from the stream' });
  expect(await sourceOf('future', 'ingested')).toMatchObject({ a: 'from the table' });
});

test('a document of the last minute is made anew as the configuration says now', async () => {
  const item = { pk: { S: 'a' }, secret: { S: 'hash' }, open: { S: 'text' } };
  await stage.putItem(item, 'narrowed');
  const tenSecondsAgo = nowMicroseconds() - 10_000_000;
  const asConfiguredThen = { pk: 'a', secret: 'hash', open: 'text' };
  await follow(stage.table('narrowed').index, 'a', tenSecondsAgo, asConfiguredThen);
  const { counts } = await backfilled(stage, { suffix: 'narrowed' });
  expect(counts).toMatchObject({ written: 1, reread: 1 });
  expect(await sourceOf('a', 'narrowed')).toEqual({ pk: 'a', open: 'text' });
});

test('while somebody changes the table all the while and the function follows, in the end index and table are equal', async () => {
  const items = manyItems(4000);
  await putItems(stage, items);
  const mapping = await stage.follow();
  const keys = items.slice(0, 200).map(({ pk }) => pk?.S ?? '');
  const writer = hammer(stage, keys);
  for (let run = 0; run < 2 || writer.writes() < 50; run++) {
    const { isDone, counts } = await backfilled(stage);
    expect(isDone).toBe(true);
    expect(counts.rejected).toBe(0);
    expect(counts.written + counts.superseded).toBe(counts.read);
  }
  await writer.stop();
  await mapping.drained();
  await expectIndexToEqualTable(stage);
}, 180_000);
