import { test as anyTest, beforeEach, describe, expect } from 'vitest';
import type { StreamRecord } from '../../function/src/core/stream-record.ts';
import { answering, cutBefore, failingItems, isBulk, onBulk } from '../support/faults.ts';
import { stageForAll, warmUp } from '../support/function-stage.ts';

const HASTY_MILLISECONDS = 3500; // a second and a half of work

// Stages stand side by side; the tests of one wait for each other.
const test = anyTest.sequential;

const openWarmStage = () =>
  stageForAll({ tables: { other: {} } }, warmUp(HASTY_MILLISECONDS, ['other']));

const numberOf = (record: StreamRecord | undefined): string | undefined =>
  record?.dynamodb?.SequenceNumber;

describe.concurrent('a record that cannot be understood', () => {
  const stage = openWarmStage();

  beforeEach(() => stage().awsState.objects.clear());

  const image = (attribute: unknown) => ({ image: { pk: { S: 'k' }, a: attribute } });

  test.each([
    ['an unknown eventName', { eventName: 'TRUNCATE' }, { id: 'k', operation: null }],
    ['no eventName', { eventName: undefined }, { id: 'k', operation: null }],
    ['an eventName that is no text', { eventName: 7 }, { id: 'k', operation: null }],
    ['no keys', { keys: undefined }, { id: null, operation: 'index' }],
    ['keys of null', { keys: null }, { id: null, operation: 'index' }],
    ['keys that are no object', { keys: 'k' }, { id: null, operation: 'index' }],
    ['another key', { keys: { other: { S: 'k' } } }, { id: null, operation: 'index' }],
    ['a key of null', { keys: { pk: null } }, { id: null, operation: 'index' }],
    ['a key of another type', { keys: { pk: { N: '1' } } }, { id: null, operation: 'index' }],
    ['a key that is no text', { keys: { pk: { S: 1 } } }, { id: null, operation: 'index' }],
    ['no creation time', { seconds: undefined }, { id: 'k', operation: 'index' }],
    ['a creation time of 0', { seconds: 0 }, { id: 'k', operation: 'index' }],
    ['a creation time before 1970', { seconds: -5 }, { id: 'k', operation: 'index' }],
    ['a creation time that is text', { seconds: '2026-01-05' }, { id: 'k', operation: 'index' }],
    ['a creation time beyond all versions', { seconds: 1e18 }, { id: 'k', operation: 'index' }],
    ['an unknown type descriptor', image({ X: 'x' }), { id: 'k', operation: 'index' }],
    ['an empty value', image({}), { id: 'k', operation: 'index' }],
    ['a value of null', image(null), { id: 'k', operation: 'index' }],
    ['a value without a type', image('x'), { id: 'k', operation: 'index' }],
    ['a text that is a number', image({ S: 1 }), { id: 'k', operation: 'index' }],
    ['a number that is none', image({ N: 'NaN' }), { id: 'k', operation: 'index' }],
    ['a number without digits', image({ N: '' }), { id: 'k', operation: 'index' }],
    ['a boolean that is text', image({ BOOL: 'true' }), { id: 'k', operation: 'index' }],
    ['a list that is none', image({ L: {} }), { id: 'k', operation: 'index' }],
    ['a list with a member of null', image({ L: [null] }), { id: 'k', operation: 'index' }],
    ['a map that is a list', image({ M: [] }), { id: 'k', operation: 'index' }],
    [
      'a deep unknown descriptor',
      image({ M: { b: { L: [{ Q: 1 }] } } }),
      { id: 'k', operation: 'index' },
    ],
    ['an image that is text', { image: 'x' }, { id: 'k', operation: 'index' }],
    ['an image that is a list', { image: [] }, { id: 'k', operation: 'index' }],
  ])('because of %s is dead-lettered, and its neighbours are written', async (_, parts, wanted) => {
    const of = { keys: { pk: { S: 'k' } }, ...parts };
    const records = [stage().put('before'), stage().record(of), stage().put('after')];
    const { retryFrom, metrics } = await stage().invoke(records);
    expect(retryFrom).toBeUndefined();
    expect(metrics).toMatchObject({ Written: 2, DeadLettered: 1 });
    expect(
      stage()
        .letters()
        .map(({ letter }) => letter),
    ).toEqual([
      {
        table: stage().name,
        index: stage().name,
        ...wanted,
        status: null,
        error: { type: 'malformed_record', reason: expect.stringMatching(/./) },
        rejected_at: expect.any(String),
        record: records[1],
      },
    ]);
  });

  test('because it has no change at all is dead-lettered', async () => {
    const { dynamodb: _, ...bare } = stage().put('k');
    const { metrics } = await stage().invoke([stage().put('before'), bare, stage().put('after')]);
    expect(metrics).toMatchObject({ Written: 2, DeadLettered: 1 });
    expect(stage().letters()).toMatchObject([{ letter: { id: null, record: bare } }]);
  });

  test('neither folds nor is folded', async () => {
    const key = crypto.randomUUID();
    const records = [
      stage().put(key, { n: { N: '1' } }),
      stage().put(key, { n: { X: '2' } } as never),
      stage().put(key, { n: { N: '3' } }),
      stage().record({ keys: { pk: { S: key } }, eventName: 'ODD' }),
    ];
    const { metrics } = await stage().invoke(records);
    expect(metrics).toMatchObject({ Written: 1, Folded: 1, DeadLettered: 2 });
    expect((await stage().documents()).get(key)).toMatchObject({ source: { n: 3 } });
  });

  test('leaves the index what it had for its key', async () => {
    const key = crypto.randomUUID();
    await stage().invoke([stage().put(key, { n: { N: '1' } })]);
    await stage().invoke([stage().put(key, { n: { X: '2' } } as never)]);
    expect((await stage().documents()).get(key)).toMatchObject({ source: { n: 1 } });
  });

  test('lies under the day of its event’s first known time when it has none of its own', async () => {
    const seconds = Date.UTC(2025, 4, 6) / 1000;
    await stage().invoke([
      stage().put('k1', {}, { seconds: undefined }),
      stage().put('k2', {}, { seconds }),
      stage().put('k3', {}, { seconds: seconds + 86_400 }),
    ]);
    expect(stage().letters()[0]?.key).toMatch(/\/2025\/05\/06\//);
  });
});

describe.concurrent('the answer', () => {
  const stage = openWarmStage();

  const failing = (...ids: readonly string[]) =>
    onBulk(failingItems((id) => (ids.includes(id) ? { status: 429 } : undefined)));

  test('names the lowest number of what must come again, as a number and not as text', async () => {
    stage().openSearch.behave(failing('nine', 'ten'));
    const records = [
      stage().put('ten', {}, { number: '100000000000000000000' }),
      stage().put('nine', {}, { number: '99999999999999999999' }),
    ];
    const { retryFrom } = await stage().invoke(records, HASTY_MILLISECONDS);
    expect(retryFrom).toBe('99999999999999999999');
  });

  test('names the first record of a failed key, folded ones included', async () => {
    stage().openSearch.behave(failing('failed'));
    const records = [
      stage().put('good-1'),
      stage().put('failed'),
      stage().put('good-2'),
      stage().put('failed'),
      stage().remove('failed'),
    ];
    const { retryFrom, metrics } = await stage().invoke(records, HASTY_MILLISECONDS);
    expect(retryFrom).toBe(numberOf(records[1]));
    expect(metrics).toMatchObject({ Written: 1, Retried: 4, Folded: 0 });
  });

  test('leaves records folded that stand before the named one and whose key was settled after it', async () => {
    stage().openSearch.behave(failing('failed'));
    const records = [stage().put('good'), stage().put('failed'), stage().put('good')];
    const { retryFrom, metrics } = await stage().invoke(records, HASTY_MILLISECONDS);
    expect(retryFrom).toBe(numberOf(records[1]));
    expect(metrics).toMatchObject({ Folded: 1, Retried: 2, Written: 0 });
  });

  test('counts across tables: what follows in another table comes again too', async () => {
    stage().openSearch.behave(failing('failed'));
    const of = { table: `${stage().name}.other` };
    const records = [stage().put('a', {}, of), stage().put('failed'), stage().put('b', {}, of)];
    const { retryFrom, allMetrics } = await stage().invoke(records, HASTY_MILLISECONDS);
    expect(retryFrom).toBe(numberOf(records[1]));
    expect(allMetrics).toMatchObject([
      { table: of.table, Written: 1, Retried: 1 },
      { table: stage().name, Retried: 1 },
    ]);
  });

  test('is an empty list for an event without records', async () => {
    expect(await stage().invoke([])).toMatchObject({
      result: { kind: 'answered', payload: '{"batchItemFailures":[]}' },
      allMetrics: [],
    });
  });
});

describe.concurrent('nothing is done, and the invocation fails with a message', () => {
  const stage = openWarmStage();

  const event = (record: object) => [stage().put('k'), record as StreamRecord];

  test.each([
    [
      'a table that is not configured',
      () => stage().put('k', {}, { table: 'Unknown' }),
      /table Unknown.*tables/s,
    ],
    [
      'another source',
      () => ({ ...stage().put('k'), eventSource: 'aws:kinesis' }),
      /not from DynamoDB Streams/,
    ],
    ['no source', () => ({}), /not from DynamoDB Streams/],
    [
      'an ARN that is no stream’s',
      () => ({ ...stage().put('k'), eventSourceARN: 'arn:aws:sqs:::q' }),
      /not from DynamoDB Streams/,
    ],
  ])('for a record of %s', async (_, record, message) => {
    const { result } = await stage().invoke(event(record()));
    expect(result).toMatchObject({ kind: 'failed', message: expect.stringMatching(message) });
    expect(stage().openSearch.requests).toEqual([]);
  });

  test.each([
    '{}',
    'null',
    '[]',
    '"text"',
    '{"Records":null}',
    '{"Records":[null]}',
    '{"detail":{}}',
  ])('for the event %s', async (text) => {
    const result = await stage().invokeText(text);
    expect(result).toMatchObject({ kind: 'failed', errorType: 'ForeignEvent' });
  });
});

describe.concurrent('an event', () => {
  const stage = openWarmStage();

  test('of two tables is settled for one while the other is sick', async () => {
    const of = { table: `${stage().name}.other` };
    stage().openSearch.behave((request, passOn) =>
      request.path.includes('-other/') ? 'cut' : passOn(),
    );
    const records = [stage().put('a'), stage().put('b'), stage().put('c', {}, of)];
    const { retryFrom, allMetrics } = await stage().invoke(records, HASTY_MILLISECONDS);
    expect(retryFrom).toBe(numberOf(records[2]));
    expect(allMetrics).toMatchObject([{ Written: 2 }, { Retried: 1 }]);
  });

  test('of many records of a few keys is folded into one operation a key', async () => {
    const keys = ['a', 'b', 'c'].map((key) => `${key}-${crypto.randomUUID()}`);
    const records = Array.from({ length: 300 }, (_, n) =>
      n % 7 === 0
        ? stage().remove(keys[n % 3] ?? '')
        : stage().put(keys[n % 3] ?? '', { n: { N: `${n}` } }),
    );
    const { metrics } = await stage().invoke(records);
    expect(metrics).toMatchObject({ Received: 300, Written: 3, Folded: 297 });
    const documents = await stage().documents();
    expect(keys.map((key) => documents.get(key)?.source)).toEqual([
      { pk: keys[0], n: 297 },
      { pk: keys[1], n: 298 },
      { pk: keys[2], n: 299 },
    ]);
    expect(stage().openSearch.requests.filter(isBulk)).toHaveLength(1);
  });

  test('that comes again after a day on which nothing worked has lost nothing, and counts nothing twice', async () => {
    const records = ['a', 'b', 'c'].map((key) => stage().put(`${key}-day`));
    for (const behaviour of [answering(503), cutBefore]) {
      stage().openSearch.behave(behaviour);
      expect((await stage().invoke(records, HASTY_MILLISECONDS)).metrics).toMatchObject({
        Retried: 3,
      });
    }
    stage().openSearch.behave();
    expect((await stage().invoke(records)).metrics).toMatchObject({ Written: 3, Retried: 0 });
  });
});
