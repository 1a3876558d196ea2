import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Item } from '../../../../function/src/core/attribute-value.ts';
import { indexDefinition } from '../../../../function/src/opensearch/index-definition.ts';
import { rateOf } from '../../../../function/src/operator/backfill/rate.ts';
import { askOpenSearch } from '../../../support/ask-opensearch.ts';
import { answering, failingItems, inTurn, onBulk } from '../../../support/faults.ts';
import { manyItems, putItems } from '../../../support/items.ts';
import { type OperatorStage, openOperatorStage } from '../../../support/operator-stage.ts';
import { backfilled, expectIndexToEqualTable } from './backfilled.ts';

let stage: OperatorStage;

// An object: a text in its place is refused.
const mappings = { properties: { poison: { type: 'object' } } };

beforeAll(async () => {
  const keys = [
    { name: 'customer', type: 'N' },
    { name: 'order', type: 'B' },
  ];
  stage = await openOperatorStage({
    tables: {
      empty: {},
      poisoned: { mappings },
      paired: { keys, where: { kind: ['order'] }, exclude: ['secret'] },
      original: { profile: 'bfansports' },
      paced: {},
    },
  });
});

beforeEach(() => {
  stage.openSearch.behave();
  stage.dynamoDB.behave();
  stage.aws.behave();
});

afterAll(() => stage.stop());

test('every item of a table becomes a document, in an index that is made as the function makes it', async () => {
  await putItems(stage, manyItems(1000, 'x'.repeat(5000)));
  const { isDone, counts } = await backfilled(stage);
  expect(isDone).toBe(true);
  expect(counts).toMatchObject({ read: 1000, written: 1000, superseded: 0, rejected: 0 });
  await expectIndexToEqualTable(stage);
  const { [stage.name]: index } = Object(
    await askOpenSearch(stage.openSearchUrl, 'GET', `/${stage.name}/_mapping`),
  );
  const { _meta: meta } = indexDefinition(stage.table()).mappings;
  expect(index.mappings._meta).toEqual(meta);
}, 120_000);

test('an empty table is done at once', async () => {
  const { isDone, counts } = await backfilled(stage, { suffix: 'empty' });
  expect(isDone).toBe(true);
  expect(counts).toMatchObject({ read: 0, written: 0 });
});

test('keys of numbers and bytes, long ones too; where and exclude hold as they do for the function', async () => {
  const item = (number: number, kind: string): Item => ({
    customer: { N: `${number}.50` },
    order: { B: Buffer.alloc(number * 100, number).toString('base64') },
    kind: { S: kind },
    secret: { S: 'not to be found' },
    digits: { N: '12345678901234567890123456789012345678' },
    ['__proto__']: { S: 'an attribute like any other' },
  });
  const items = Array.from({ length: 10 }, (_, at) => item(at + 1, at % 2 ? 'order' : 'draft'));
  await putItems(stage, items, 'paired');
  const { counts } = await backfilled(stage, { suffix: 'paired' });
  expect(counts).toMatchObject({ read: 10, written: 5, skipped: 5 });
  const documents = await stage.documents(stage.table('paired').index);
  expect(documents.size).toBe(5);
  expect([...documents.keys()].filter((id) => id.startsWith('sha256:')).length).toBeGreaterThan(0);
  for (const { source } of documents.values()) {
    expect(source).toMatchObject({ kind: 'order' });
    expect(source).not.toHaveProperty('secret');
    expect(Object.keys(Object(source))).toContain('__proto__');
  }
});

test('the profile of the original is kept', async () => {
  const items: readonly Item[] = [
    { pk: { S: 'a|b' }, _id: { S: 'x' }, list: { L: [{ N: '1.50' }, { S: 'y' }] } },
    { pk: { S: 'c' }, n: { N: '1.10' } },
  ];
  await putItems(stage, items, 'original');
  await backfilled(stage, { suffix: 'original' });
  await expectIndexToEqualTable(stage, { suffix: 'original' });
});

const letters = () =>
  stage.letters().filter(({ letter }) => letter['table'] === stage.table('poisoned').name);

test('what OpenSearch will never take lies in the bucket, whole, once for each time that it was read', async () => {
  const poison: Item = { pk: { S: 'poison' }, poison: { S: 'no object' }, more: { N: '1.0' } };
  await putItems(stage, [...manyItems(10), poison], 'poisoned');
  const { name, index } = stage.table('poisoned');
  const streamArn = `arn:aws:dynamodb:eu-west-1:123456789012:table/${name}/stream/2026-01-01T00:00:00.000`;
  for (let run = 0; run < 2; run++) {
    const { isDone, counts } = await backfilled(stage, { suffix: 'poisoned', streamArn });
    expect(isDone).toBe(true);
    expect(counts).toMatchObject({ read: 11, written: 10, rejected: 1 });
    expect(letters()).toHaveLength(run + 1);
    await sleep(1000);
  }
  const [{ key = '', letter } = {}] = letters();
  expect(key).toMatch(/^rejected\/[^/]+\/\d{4}\/\d\d\/\d\d\/backfill-[0-9a-f]{16}\.ndjson$/);
  expect(letter).toMatchObject({
    table: name,
    index,
    id: 'poison',
    operation: 'index',
    status: 400,
  });
  expect(letter?.record).toMatchObject({
    eventSource: 'aws:dynamodb',
    eventSourceARN: streamArn,
    dynamodb: { Keys: { pk: { S: 'poison' } }, NewImage: { ...poison, more: { N: '1' } } },
  });
  await expectIndexToEqualTable(stage, { suffix: 'poisoned', except: ['poison'] });
});

test('what is refused only when it is read and tried once more lies there whole, too', async () => {
  stage.awsState.objects.clear();
  const closed = { status: 400, type: 'index_closed_exception' };
  const failing = failingItems((id) => (id === 'poison' ? closed : undefined));
  stage.openSearch.behave(onBulk(inTurn([failing, failing, failing, failing])));
  const { counts } = await backfilled(stage, { suffix: 'poisoned', workers: 1 });
  expect(counts).toMatchObject({ read: 11, rejected: 1, reread: 1 });
  expect(letters()[0]?.letter.record).toMatchObject({
    dynamodb: { NewImage: { poison: { S: 'no object' } } },
  });
});

test('S3 must have confirmed a letter before the item counts', async () => {
  stage.awsState.objects.clear();
  stage.aws.behave(
    inTurn([answering(503), answering(503), answering(503), answering(503), answering(503)]),
  );
  const { counts, hindrances } = await backfilled(stage, { suffix: 'poisoned' });
  expect(counts).toMatchObject({ rejected: 1 });
  expect(hindrances).toContainEqual(expect.stringMatching(/^S3 did not store the object/));
  expect(letters()).toHaveLength(1);
}, 60_000);

test('without leave to write letters it ends, and says so', async () => {
  const denial = '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';
  stage.aws.behave(answering(403, denial));
  await expect(backfilled(stage, { suffix: 'poisoned' })).rejects.toThrow(
    /^S3 did not store the object .*\/rejected\/.*: AccessDenied/,
  );
});

test('a rate is kept to, and a page is no larger than it allows', async () => {
  await putItems(stage, manyItems(60, ''), 'paced');
  const started = performance.now();
  const { counts } = await backfilled(stage, { suffix: 'paced', rate: rateOf(20) });
  const seconds = (performance.now() - started) / 1000;
  expect(counts.read).toBe(60);
  expect(seconds).toBeGreaterThan(2);
  expect(seconds).toBeLessThan(8);
  const limits = stage.dynamoDB.requests.map(({ body }) => JSON.parse(body.toString()).Limit);
  expect(new Set(limits)).toEqual(new Set([5]));
});
