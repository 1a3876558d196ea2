import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Item } from '../../../../function/src/core/attribute-value.ts';
import { askOpenSearch } from '../../../support/ask-opensearch.ts';
import { answering, onBulk, when } from '../../../support/faults.ts';
import { type OperatorStage, openOperatorStage } from '../../../support/operator-stage.ts';
import { lineOf, objectKeys, POISON, POISONABLE, reject, replayed, store } from './replayed.ts';

let stage: OperatorStage;

beforeAll(async () => {
  // Objects: a text in their place is refused.
  const properties = { poison: { type: 'object' }, price: { type: 'object' } };
  const mending = { mappings: POISONABLE };
  const table = { mappings: { properties } };
  stage = await openOperatorStage({ table, tables: { other: {}, mending } });
});

beforeEach(() => {
  stage.openSearch.behave();
  stage.aws.behave();
  stage.dynamoDB.behave();
  stage.awsState.objects.clear();
});

afterAll(() => stage.stop());

const put = (key: string, attributes: Item = {}) =>
  stage.putItem({ pk: { S: key }, ...attributes });

const sourceOf = async (key: string) => (await stage.documents()).get(key)?.source;

test('a letter whose item has been mended is settled and removed, without its neighbours', async () => {
  await reject(stage, 'mended', 'sick');
  await put('mended', { poison: { M: { now: { S: 'an object' } } } });
  expect(await replayed(stage)).toMatchObject({
    objects: 1,
    records: 2,
    settled: 1,
    refused: 1,
    removedObjects: 0,
  });
  expect(await sourceOf('mended')).toEqual({ pk: 'mended', poison: { now: 'an object' } });
  expect(stage.letters().map(({ letter }) => letter['id'])).toEqual(['sick']);
  await put('sick');
  expect(await replayed(stage)).toMatchObject({ settled: 1, removedObjects: 1, left: [] });
  expect(objectKeys(stage)).toEqual([]);
});

test('what an index made anew takes is settled, without a change of the item', async () => {
  const { name, openSearchUrl } = stage;
  await stage.putItem({ pk: { S: 'same' }, ...POISON }, 'mending');
  await stage.invoke([stage.put('same', POISON, { table: `${name}.mending` })]);
  expect(await replayed(stage)).toMatchObject({ refused: 1 });
  await askOpenSearch(openSearchUrl, 'DELETE', `/${name}-mending`);
  await askOpenSearch(openSearchUrl, 'DELETE', `/_index_template/${name}-mending`);
  await askOpenSearch(openSearchUrl, 'PUT', `/${name}-mending`, {});
  expect(await replayed(stage)).toMatchObject({ settled: 1, removedObjects: 1 });
  const documents = await stage.documents(`${name}-mending`);
  expect(documents.get('same')?.source).toEqual({ pk: 'same', poison: 'no object' });
});

test('what is still refused stays, with the new error, and is explained by field', async () => {
  await reject(stage, 'twice');
  const [before] = stage.letters();
  await put('twice', { price: { N: '12' } });
  const { left } = await replayed(stage);
  expect(left).toEqual([
    {
      object: before?.key,
      kind: 'refused',
      id: 'twice',
      cause: {
        place: `${stage.name}.price`,
        what: 'number where object is mapped',
        cure: 'Give price a type that takes both in mappings and make the index anew, or list price in exclude.',
      },
    },
  ]);
  const [after] = stage.letters();
  expect(after?.letter).toMatchObject({ id: 'twice', status: 400, operation: 'index' });
  expect(after?.letter.error.reason).toContain('[price]');
  expect(after?.letter.record).toEqual(before?.letter.record);
  expect(after?.letter['rejected_at']).not.toBe(before?.letter['rejected_at']);
});

test('an item that has changed, gone or come back since is written as it is now', async () => {
  await reject(stage, 'changed', 'gone', 'back');
  await put('changed', { a: { N: '2' } });
  await stage.deleteItem({ pk: { S: 'gone' } });
  await stage.deleteItem({ pk: { S: 'back' } });
  await put('back', { a: { N: '3' } });
  expect(await replayed(stage)).toMatchObject({ settled: 3, removedObjects: 1 });
  expect(await sourceOf('changed')).toEqual({ pk: 'changed', a: 2 });
  expect(await sourceOf('gone')).toBeUndefined();
  expect(await sourceOf('back')).toEqual({ pk: 'back', a: 3 });
});

test('a letter that is older than the stream, of backfill too, is settled all the same', async () => {
  await put('old', { a: { S: 'now' } });
  const record = {
    eventName: 'INSERT',
    dynamodb: { ApproximateCreationDateTime: 1_500_000_000, Keys: { pk: { S: 'old' } } },
  };
  store(
    stage,
    `rejected/${stage.name}/2017/07/14/unknown-1.ndjson`,
    `${JSON.stringify({ table: stage.name, record })}\n`,
  );
  expect(await replayed(stage)).toMatchObject({ settled: 1, removedObjects: 1 });
  expect(await sourceOf('old')).toEqual({ pk: 'old', a: 'now' });
});

test('a document that is newer than the letter stays as it is', async () => {
  await reject(stage, 'later');
  await put('later', { a: { S: 'new' } });
  await stage.invoke([stage.put('later', { a: { S: 'new' } })]);
  expect(await replayed(stage)).toMatchObject({ settled: 1 });
  expect(await sourceOf('later')).toEqual({ pk: 'later', a: 'new' });
});

test('letters of one key are settled by one look at the table', async () => {
  await reject(stage, 'same');
  await reject(stage, 'same');
  await put('same');
  expect(await replayed(stage)).toMatchObject({
    objects: 2,
    records: 2,
    settled: 2,
    removedObjects: 2,
  });
  const reads = stage.dynamoDB.requests.filter(({ headers }) =>
    String(headers['x-amz-target']).includes('BatchGetItem'),
  );
  expect(reads).toHaveLength(1);
});

test('a second replay finds nothing to do', async () => {
  await reject(stage, 'once');
  await put('once');
  await replayed(stage);
  expect(await replayed(stage)).toMatchObject({ objects: 0, records: 0, left: [] });
});

test('a dry run settles nothing and says why each letter waits', async () => {
  await reject(stage, 'dry');
  await put('dry');
  stage.openSearch.behave();
  const { left, settled } = await replayed(stage, { isDryRun: true });
  expect(settled).toBe(0);
  expect(left).toMatchObject([
    {
      kind: 'waiting',
      id: 'dry',
      cause: { place: `${stage.name}.poison`, what: 'text where object is mapped' },
    },
  ]);
  expect(stage.openSearch.requests).toHaveLength(0);
  expect(objectKeys(stage)).toHaveLength(1);
});

test('only letters of the tables that are named, and only those stored since, are looked at', async () => {
  await reject(stage, 'named');
  await put('named');
  const other = `rejected/${stage.name}.other/2026/01/01/1.ndjson`;
  store(stage, other, lineOf(`${stage.name}.other`, 'other'));
  const inAnHour = new Date(Date.now() + 3_600_000);
  expect(await replayed(stage, { since: inAnHour })).toMatchObject({ objects: 0 });
  const anHourAgo = new Date(Date.now() - 3_600_000);
  expect(await replayed(stage, { since: anHourAgo })).toMatchObject({ objects: 1, settled: 1 });
  expect(objectKeys(stage)).toEqual([other]);
  expect(await replayed(stage, { tables: [stage.table()] })).toMatchObject({ objects: 0 });
  const tables = [stage.table('other')];
  expect(await replayed(stage, { tables })).toMatchObject({ objects: 1, settled: 1 });
});

test('what cannot be replayed stays as it is and is explained, its neighbours are settled', async () => {
  await put('neighbour');
  const folder = `rejected/${stage.name}/2026/01/01`;
  const good = JSON.stringify({
    table: stage.name,
    record: { dynamodb: { Keys: { pk: { S: 'neighbour' } } } },
  });
  const keyless = JSON.stringify({ table: stage.name, record: { dynamodb: {} } });
  store(stage, `${folder}/mixed.ndjson`, `no JSON\n${good}\n${keyless}\n{"record":{}}\n`);
  store(stage, `${folder}/empty.ndjson`, '');
  store(stage, `${folder}/`, '');
  store(stage, 'rejected/Dropped/2026/01/01/1.ndjson', '{"table":"Dropped","record":{}}\n');
  const { left, settled, strays } = await replayed(stage);
  expect({ settled, strays }).toEqual({ settled: 1, strays: 5 });
  expect(left.map(({ cause: { place, what } }) => `${place}: ${what}`).sort()).toEqual([
    'Dropped: record of a table that the configuration does not have',
    `rejected/${stage.name}/: empty object`,
    `rejected/${stage.name}/: line that is no JSON object`,
    `rejected/${stage.name}/: line without a table and a record`,
    `${stage.name}: record without the key that the configuration says`,
  ]);
  expect(stage.awsState.objects.get(`${stage.name}/${folder}/mixed.ndjson`)?.toString()).toBe(
    `no JSON\n${keyless}\n{"record":{}}\n`,
  );
  expect(objectKeys(stage)).toHaveLength(4);
});

test('while OpenSearch cannot be written nothing is removed, and a further replay finishes', async () => {
  await reject(stage, 'waiting');
  await put('waiting');
  stage.openSearch.behave(onBulk(answering(503)));
  const stuck = await replayed(stage, { patienceMilliseconds: 100 });
  expect(stuck).toMatchObject({ settled: 0, unsettled: 1, stuck: [stage.name] });
  expect(objectKeys(stage)).toHaveLength(1);
  stage.openSearch.behave();
  expect(await replayed(stage)).toMatchObject({ settled: 1, removedObjects: 1 });
}, 60_000);

test('while the table cannot be read nothing is removed, and a further replay finishes', async () => {
  await reject(stage, 'unread');
  await put('unread');
  stage.dynamoDB.behave(answering(400, { __type: 'AccessDeniedException', message: 'denied' }));
  const first = await replayed(stage, { patienceMilliseconds: 100 });
  expect(first).toMatchObject({ settled: 0, unsettled: 1, stuck: [stage.name] });
  expect(objectKeys(stage)).toHaveLength(1);
  stage.dynamoDB.behave();
  expect(await replayed(stage)).toMatchObject({ settled: 1, removedObjects: 1 });
}, 60_000);

test('a table for which nothing can be done does not keep others from being replayed', async () => {
  await reject(stage, 'blocked');
  await put('blocked');
  const other = `rejected/${stage.name}.other/2026/01/01/1.ndjson`;
  store(stage, other, lineOf(`${stage.name}.other`, 'free'));
  const forbidden = answering(403, { error: { type: 'security_exception' } });
  stage.openSearch.behave(when(({ path }) => path.startsWith(`/${stage.name}/`), forbidden));
  const { settled, unsettled, stuck } = await replayed(stage, { patienceMilliseconds: 3000 });
  expect({ settled, unsettled, stuck }).toEqual({ settled: 1, unsettled: 1, stuck: [stage.name] });
  expect(objectKeys(stage)).not.toContain(other);
}, 60_000);

test('an index that forgets deletions too soon is not written to', async () => {
  await reject(stage, 'forgotten');
  await put('forgotten');
  const remember = (gcDeletes: string) =>
    askOpenSearch(stage.openSearchUrl, 'PUT', `/${stage.name}/_settings`, {
      'index.gc_deletes': gcDeletes,
    });
  await remember('30s');
  await expect(replayed(stage)).rejects.toThrow(
    /^The index .* forgets deletions too soon \(index\.gc_deletes 30s\): .*\n {2}PUT \/.*"60s"/,
  );
  await remember('60s');
  expect(await replayed(stage)).toMatchObject({ settled: 1, left: [] });
});

test('when S3 fails in the middle nothing is lost, and a further replay finishes', async () => {
  await reject(stage, 'first');
  await reject(stage, 'second', 'sick');
  await put('first');
  await put('second');
  const denied = answering(
    403,
    '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
  );
  stage.aws.behave(when(({ method }) => method === 'DELETE' || method === 'PUT', denied));
  await expect(replayed(stage)).rejects.toThrow(
    /^S3 did not (delete|store) the object .*: AccessDenied: Access Denied$/,
  );
  expect(stage.letters()).toHaveLength(3);
  expect(await sourceOf('first')).toBeDefined();
  expect(await sourceOf('second')).toBeDefined();
  stage.aws.behave();
  expect(await replayed(stage)).toMatchObject({ settled: 2, refused: 1, removedObjects: 1 });
});

test('an object that another replay has removed since it was listed is no failure', async () => {
  await reject(stage, 'taken');
  stage.aws.behave(async (request, passOn) => {
    if (request.path.includes('.ndjson')) stage.awsState.objects.clear();
    return passOn();
  });
  expect(await replayed(stage)).toMatchObject({ objects: 0, records: 0, left: [] });
});

test('more letters than a page of a listing has, and than fit at once, are all settled', async () => {
  const folder = `rejected/${stage.name}/2026/01/01`;
  for (let n = 0; n < 1030; n++) {
    store(stage, `${folder}/${n}.ndjson`, lineOf(stage.name, `many-${n}`));
  }
  expect(await replayed(stage)).toMatchObject({ settled: 1030, removedObjects: 1030 });
}, 120_000);
