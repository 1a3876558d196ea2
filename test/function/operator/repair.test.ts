import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Item } from '../../../function/src/core/attribute-value.ts';
import { documentId } from '../../../function/src/core/document-id.ts';
import { deadlineOf } from '../../../function/src/deadline.ts';
import { millisecondsSince, momentNow } from '../../../function/src/moment.ts';
import { patienceOf } from '../../../function/src/operator/patience.ts';
import { writingDeadline } from '../../../function/src/operator/read-time.ts';
import {
  type RepairOutcome,
  repairDocuments,
  type Suspect,
} from '../../../function/src/operator/repair.ts';
import { askOpenSearch } from '../../support/ask-opensearch.ts';
import type { ProxiedRequest } from '../../support/fault-proxy.ts';
import { answering, isBulk, when } from '../../support/faults.ts';
import { type OperatorStage, openOperatorStage } from '../../support/operator-stage.ts';

let stage: OperatorStage;

beforeAll(async () => {
  // An object: a text in its place is refused.
  const mappings = { properties: { poison: { type: 'object' } } };
  stage = await openOperatorStage({
    table: { mappings },
    tables: { some: { where: { kind: ['wanted'] } } },
  });
  const deadline = deadlineOf(() => 20_000);
  expect(await stage.environment.indexes.prepare(stage.table(), deadline)).toBeUndefined();
});

beforeEach(() => {
  stage.openSearch.behave();
  stage.dynamoDB.behave();
});

afterAll(() => stage.stop());

const suspect = (key: string, suffix = ''): Suspect => {
  const item = { pk: { S: key } };
  const table = stage.table(suffix);
  return { table, key: item, id: documentId(item, table) ?? '' };
};

const repair = async (
  suspects: readonly Suspect[],
  patienceMilliseconds = 20_000,
): Promise<readonly (RepairOutcome | undefined)[]> => {
  const outcomes = await repairDocuments(suspects, {
    ...stage.environment,
    patience: patienceOf(patienceMilliseconds),
    signal: new AbortController().signal,
  });
  return suspects.map(({ id }) => outcomes.get(id));
};

const WRITTEN: RepairOutcome = { kind: 'written' };

const put = (key: string, attributes: Item = {}, suffix?: string) =>
  stage.putItem({ pk: { S: key }, ...attributes }, suffix);

/** Puts a document into the index, as if a change of that second had. */
const index = (key: string, seconds: number, document: object = { from: 'another' }) =>
  askOpenSearch(
    stage.openSearchUrl,
    'PUT',
    `/${stage.name}/_doc/${key}?version_type=external_gte&version=${seconds * 1_000_000}`,
    { pk: key, ...document },
  );

const nowSeconds = () => Math.floor(Date.now() / 1000);

const sourceOf = async (key: string, suffix?: string) =>
  (await stage.documents(suffix && `${stage.name}-${suffix}`)).get(key)?.source;

/** While a request that passes the test is on its way, does this once. */
const onceDuring = (test: (request: ProxiedRequest) => boolean, act: () => Promise<unknown>) => {
  let isDone = false;
  return when(
    (request) => !isDone && test(request),
    async (_request, passOn) => {
      isDone = true;
      await act();
      return passOn();
    },
  );
};

test('a missing document is created, a stale one overwritten, an extra one deleted; what is neither here nor there is done', async () => {
  await put('missing', { a: { N: '1.10' } });
  await put('stale', { a: { N: '2' } });
  await index('stale', nowSeconds() - 3600);
  await index('extra', nowSeconds() - 3600);
  const suspects = ['missing', 'stale', 'extra', 'nowhere'].map((key) => suspect(key));
  expect(await repair(suspects)).toEqual([WRITTEN, WRITTEN, WRITTEN, WRITTEN]);
  expect(await sourceOf('missing')).toMatchObject({ pk: 'missing' });
  expect(await sourceOf('stale')).toEqual({ pk: 'stale', a: 2 });
  expect(await sourceOf('extra')).toBeUndefined();
  expect(await sourceOf('nowhere')).toBeUndefined();
});

test('an item that where does not match counts as absent', async () => {
  await put('unwanted', { kind: { S: 'other' } }, 'some');
  await put('wanted', { kind: { S: 'wanted' } }, 'some');
  expect(await repair([suspect('unwanted', 'some'), suspect('wanted', 'some')])).toEqual([
    WRITTEN,
    WRITTEN,
  ]);
  expect(await sourceOf('unwanted', 'some')).toBeUndefined();
  expect(await sourceOf('wanted', 'some')).toBeDefined();
});

test('a document that was created is older than any change that comes after the read', async () => {
  await put('created');
  await repair([suspect('created')]);
  const { version } = (await stage.documents()).get('created') ?? { version: 0 };
  const age = nowSeconds() - Number(version) / 1_000_000;
  expect(age).toBeGreaterThanOrEqual(60);
  expect(age).toBeLessThan(70);
});

test('a document that the function writes between the look and the write is looked at again', async () => {
  await put('raced', { a: { S: 'old' } });
  await index('raced', nowSeconds() - 3600);
  stage.openSearch.behave(
    onceDuring(isBulk, async () => {
      await put('raced', { a: { S: 'new' } });
      await index('raced', nowSeconds(), { a: 'new' });
    }),
  );
  expect(await repair([suspect('raced')])).toEqual([WRITTEN]);
  expect(await sourceOf('raced')).toEqual({ pk: 'raced', a: 'new' });
});

test('an item that is deleted between its read and the write does not come back', async () => {
  await put('deleted');
  stage.openSearch.behave(
    onceDuring(isBulk, async () => {
      await stage.deleteItem({ pk: { S: 'deleted' } });
      const path = `/${stage.name}/_doc/deleted?version_type=external_gte&version=${nowSeconds() * 1_000_000}`;
      await askOpenSearch(stage.openSearchUrl, 'DELETE', path).catch(() => undefined); // 404: it was not there
    }),
  );
  expect(await repair([suspect('deleted')])).toEqual([WRITTEN]);
  expect(await sourceOf('deleted')).toBeUndefined();
});

test('a document whose version lies in the future is repaired all the same', async () => {
  await put('future', { a: { S: 'now' } });
  await index('future', nowSeconds() + 86_400);
  expect(await repair([suspect('future')])).toEqual([WRITTEN]);
  expect(await sourceOf('future')).toEqual({ pk: 'future', a: 'now' });
});

test('what OpenSearch will never take is rejected, its neighbours are written', async () => {
  await put('poison', { poison: { S: 'no object' } });
  await put('healthy');
  const [poison, healthy] = await repair([suspect('poison'), suspect('healthy')]);
  expect(healthy).toEqual(WRITTEN);
  expect(poison).toMatchObject({ kind: 'rejected', rejection: { status: 400 } });
});

test('when nothing can be done for too long it says why', async () => {
  await put('blocked');
  stage.openSearch.behave(answering(403, { error: { type: 'security_exception' } }));
  const [outcome] = await repair([suspect('blocked')], 100);
  expect(outcome).toMatchObject({ kind: 'unsettled', refusal: { status: 403 } });
}, 60_000);

test('a deletion that OpenSearch remembers at a later time is no reason to call a document written', async () => {
  await put('remembered');
  const path = `/${stage.name}/_doc/remembered?version_type=external_gte&version=${(nowSeconds() + 40) * 1_000_000}`;
  await askOpenSearch(stage.openSearchUrl, 'DELETE', path).catch(() => undefined); // 404: it was not there
  const [outcome] = await repair([suspect('remembered')], 1000);
  expect(outcome?.kind).toBe('unsettled');
  expect(await sourceOf('remembered')).toBeUndefined();
}, 60_000);

test('an id that reads like a version in a conflict does not pass for one', async () => {
  const id = 'current version [1700000000000000]';
  await put(id, { a: { S: 'new' } });
  const path = `/${stage.name}/_doc/${encodeURIComponent(id)}`;
  const write = (a: string) => askOpenSearch(stage.openSearchUrl, 'PUT', path, { pk: id, a });
  await write('stale');
  stage.openSearch.behave(onceDuring(isBulk, () => write('stale, and touched since')));
  expect(await repair([suspect(id)])).toEqual([WRITTEN]);
  expect(await sourceOf(id)).toEqual({ pk: id, a: 'new' });
});

test('what was read before the machine slept is read again', () => {
  const slept = { ...momentNow(), wall: Date.now() - 3_600_000 };
  expect(millisecondsSince(slept)).toBeGreaterThanOrEqual(3_600_000);
  expect(writingDeadline(slept, () => false).forWork()).toBe(0);
  expect(writingDeadline(momentNow(), () => false).forWork()).toBeGreaterThan(20_000);
});
