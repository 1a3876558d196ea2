import { test as anyTest, describe, expect } from 'vitest';
import type { AttributeValue } from '../../../function/src/core/attribute-value.ts';
import type { StreamRecord } from '../../../function/src/core/stream-record.ts';
import type { ItemFault } from '../../support/bulk-body.ts';
import type { Behaviour } from '../../support/fault-proxy.ts';
import {
  answering,
  cutAfter,
  cutBefore,
  failingItems,
  idsIn,
  inTurn,
  isBulk,
  onBulk,
  silentAfter,
  slow,
  stallingAfter,
} from '../../support/faults.ts';
import { type Stage, stageForAll, warmUp } from '../../support/function-stage.ts';

// Stages stand side by side; the tests of one wait for each other.
const test = anyTest.sequential;

const HASTY_MILLISECONDS = 3500; // a second and a half of work

const bulkRequests = ({ openSearch }: Stage) => openSearch.requests.filter(isBulk);

const passing: readonly (readonly [string, Behaviour])[] = [
  ['401', answering(401)],
  ['403', answering(403)],
  ['429', answering(429)],
  ['another 4xx', answering(404, { error: { type: 'some_exception', reason: '' } })],
  ['500', answering(500)],
  ['502', answering(502, '<html>Bad Gateway</html>')],
  ['503', answering(503)],
  ['504', answering(504)],
  ['a redirect', answering(301)],
  ['a cluster block', answering(403, { error: { type: 'cluster_block_exception' } })],
  ['a connection that is cut before', cutBefore],
  ['a connection that is cut after', cutAfter],
  ['200 with a body that is not JSON', answering(200, 'OK')],
  ['200 with an empty body', answering(200, '')],
  ['200 with JSON that is no object', answering(200, '[]')],
  ['200 without items', answering(200, {})],
  ['200 with no items', answering(200, { items: [] })],
  ['200 with an item too few', answering(200, { items: [{ index: { status: 201 } }] })],
  [
    '200 with an item too many',
    answering(200, { items: Array(4).fill({ index: { status: 201 } }) }),
  ],
  [
    '200 with items that lack a status',
    answering(200, { items: [{ index: { status: 201 } }, { index: {} }] }),
  ],
  ['200 with an item of null', answering(200, { items: [{ index: { status: 201 } }, null] })],
];

describe.concurrent('a request', () => {
  const stage = stageForAll();

  test('that deletes what is not there has written it', async () => {
    const { metrics } = await stage().invoke([stage().remove(crypto.randomUUID())]);
    expect(metrics).toMatchObject({ Written: 1 });
  });

  test.each(passing)('is sent again after %s', async (_, behaviour) => {
    stage().openSearch.behave(onBulk(inTurn([behaviour])));
    const key = crypto.randomUUID();
    const { retryFrom, metrics } = await stage().invoke([
      stage().put(`${key}-1`),
      stage().put(`${key}-2`),
    ]);
    expect(retryFrom).toBeUndefined();
    expect(metrics).toMatchObject({ Written: 2 });
    expect(bulkRequests(stage()).map(idsIn)).toEqual(Array(2).fill([`${key}-1`, `${key}-2`]));
    const documents = await stage().documents();
    expect(documents.has(`${key}-1`) && documents.has(`${key}-2`)).toBe(true);
  });
});

const lasting: typeof passing = [
  ...passing.filter((_, position) => position % 3 === 0),
  ['a silence', silentAfter],
  ['an answer that stops halfway', stallingAfter],
  ['an answer that takes too long', slow(10_000)],
];

describe.concurrent('all records come again', () => {
  const stage = stageForAll({}, warmUp(HASTY_MILLISECONDS));

  test.each(lasting)('when %s does not pass', async (_, behaviour) => {
    stage().openSearch.behave(onBulk(behaviour));
    const records = [stage().put('a'), stage().put('b'), stage().remove('c')];
    const { retryFrom, metrics, milliseconds } = await stage().invoke(records, HASTY_MILLISECONDS);
    expect(retryFrom).toBe(numberOf(records[0]));
    expect(metrics).toMatchObject({ Written: 0, Retried: 3 });
    expect(milliseconds).toBeLessThan(HASTY_MILLISECONDS - 1000);
    expect(stage().letters()).toEqual([]);
  });
});

describe.concurrent('one item of three', () => {
  const stage = stageForAll({}, warmUp(HASTY_MILLISECONDS));

  const passingFaults: readonly (readonly [string, ItemFault])[] = [
    ['401', { status: 401 }],
    ['403', { status: 403, type: 'security_exception' }],
    ['a cluster block', { status: 403, type: 'cluster_block_exception' }],
    ['a cluster block with another status', { status: 400, type: 'cluster_block_exception' }],
    ['429', { status: 429, type: 'rejected_execution_exception' }],
    ['500', { status: 500 }],
    ['503', { status: 503, type: 'unavailable_shards_exception' }],
  ];

  test.each(passingFaults)('is sent again alone after %s', async (_, fault) => {
    const [good, bad, last] = threeKeys();
    stage().openSearch.behave(
      onBulk(inTurn([failingItems((id) => (id === bad ? fault : undefined))])),
    );
    const outcome = await stage().invoke([stage().put(good), stage().put(bad), stage().put(last)]);
    expect(outcome.retryFrom).toBeUndefined();
    expect(outcome.metrics).toMatchObject({ Written: 3 });
    expect(bulkRequests(stage()).map(idsIn)).toEqual([[good, bad, last], [bad]]);
    expect([...(await stage().documents()).keys()]).toContain(bad);
  });

  test.each(passingFaults)('comes again, with what follows it, when %s lasts', async (_, fault) => {
    const [good, bad, last] = threeKeys();
    stage().openSearch.behave(onBulk(failingItems((id) => (id === bad ? fault : undefined))));
    const records = [stage().put(good), stage().put(bad), stage().put(last)];
    const { retryFrom, metrics } = await stage().invoke(records, HASTY_MILLISECONDS);
    expect(retryFrom).toBe(numberOf(records[1]));
    expect(metrics).toMatchObject({ Written: 1, Retried: 2 });
  });

  test.each([
    ['400', { status: 400, type: 'mapper_parsing_exception', reason: 'why' }],
    ['400 without a type', { status: 400 }],
    [
      '404 of a document that is to be written',
      { status: 404, type: 'document_missing_exception' },
    ],
    ['413', { status: 413, type: 'too_large' }],
    ['418', { status: 418, type: 'teapot' }],
  ])('is dead-lettered after %s, and its neighbours are written', async (_, fault: ItemFault) => {
    const [good, bad, last] = threeKeys();
    stage().openSearch.behave(onBulk(failingItems((id) => (id === bad ? fault : undefined))));
    const records = [stage().put(good), stage().put(bad), stage().put(last)];
    const { retryFrom, metrics } = await stage().invoke(records);
    expect(retryFrom).toBeUndefined();
    expect(metrics).toMatchObject({ Written: 2, DeadLettered: 1 });
    expect(
      stage()
        .letters()
        .filter(({ letter }) => letter['id'] === bad),
    ).toMatchObject([
      {
        letter: {
          operation: 'index',
          status: fault.status,
          error: { type: fault.type ?? 'fault', reason: fault.reason ?? '' },
          record: records[1],
        },
      },
    ]);
  });

  test.each([
    ['a closed index', { status: 400, type: 'index_closed_exception' }],
    ['the shard limit', { status: 400, type: 'validation_exception' }],
    [
      'a missing pipeline',
      {
        status: 400,
        type: 'illegal_argument_exception',
        reason: 'pipeline with id [p] does not exist',
      },
    ],
    [
      'an alias without write index',
      {
        status: 400,
        type: 'illegal_argument_exception',
        reason: 'no write index is defined for alias [a].',
      },
    ],
  ])('comes again and is asked for once only because of %s', async (_, fault: ItemFault) => {
    const [good, bad, last] = threeKeys();
    stage().openSearch.behave(onBulk(failingItems((id) => (id === bad ? fault : undefined))));
    const records = [stage().put(good), stage().put(bad), stage().put(last)];
    const { retryFrom, metrics } = await stage().invoke(records);
    expect(retryFrom).toBe(numberOf(records[1]));
    expect(metrics).toMatchObject({ Written: 1, Retried: 2 });
    expect(bulkRequests(stage())).toHaveLength(1);
  });

  test('is dead-lettered when its own reason quotes one that is the cluster’s fault', async () => {
    const [good, bad, last] = threeKeys();
    const fault = {
      status: 400,
      type: 'illegal_argument_exception',
      reason: 'field [a] has the value [pipeline with id [p] does not exist]',
    };
    stage().openSearch.behave(onBulk(failingItems((id) => (id === bad ? fault : undefined))));
    const { metrics } = await stage().invoke([
      stage().put(good),
      stage().put(bad),
      stage().put(last),
    ]);
    expect(metrics).toMatchObject({ Written: 2, DeadLettered: 1 });
  });
});

describe.concurrent('a request that is too large', () => {
  const stage = stageForAll();

  const tooLarge =
    (limitBytes: number): Behaviour =>
    (request, passOn) =>
      request.body.length > limitBytes ? { status: 413, body: '' } : passOn();

  test('is halved until its parts pass, and each document is sent in its order once', async () => {
    stage().openSearch.behave(onBulk(tooLarge(1000)));
    const keys = numberedKeys(16);
    const { metrics } = await stage().invoke(keys.map((key) => stage().put(key, { a: text(200) })));
    expect(metrics).toMatchObject({ Written: 16 });
    const passed = bulkRequests(stage()).filter(({ body }) => body.length <= 1000);
    expect(passed.flatMap(idsIn)).toEqual(keys);
  });

  test('loses only the document that is too large alone', async () => {
    stage().openSearch.behave(onBulk(tooLarge(1000)));
    const [good, bad, last] = threeKeys();
    const records = [
      stage().put(good),
      stage().put(bad, { a: text(2000) }),
      stage().put(last),
      stage().remove(good),
    ];
    const { retryFrom, metrics } = await stage().invoke(records);
    expect(retryFrom).toBeUndefined();
    expect(metrics).toMatchObject({ Written: 2, Folded: 1, DeadLettered: 1 });
    expect(stage().letters().at(-1)?.letter).toMatchObject({
      id: bad,
      status: 413,
      error: { type: 'http_413', reason: '' },
    });
  });

  test('loses each document that is too large alone, however many they are', async () => {
    stage().openSearch.behave(onBulk(tooLarge(100)));
    const records = numberedKeys(12).map((key) => stage().put(key, { a: text(200) }));
    const { metrics } = await stage().invoke(records);
    expect(metrics).toMatchObject({ DeadLettered: 12, Retried: 0 });
  });
});

describe.concurrent('a request that is a bad one', () => {
  const stage = stageForAll({}, warmUp(HASTY_MILLISECONDS));

  const poisonedBy =
    (isPoison: (id: string) => boolean): Behaviour =>
    (request, passOn) =>
      idsIn(request).some(isPoison)
        ? { status: 400, body: JSON.stringify({ error: { type: 'poison', reason: 'why' } }) }
        : passOn();

  test('is halved down to the guilty documents, which are dead-lettered', async () => {
    const keys = numberedKeys(20);
    const guilty = keys.filter((_, position) => [0, 7, 8, 19].includes(position));
    stage().openSearch.behave(onBulk(poisonedBy((id) => guilty.includes(id))));
    const { retryFrom, metrics } = await stage().invoke(keys.map((key) => stage().put(key)));
    expect(retryFrom).toBeUndefined();
    expect(metrics).toMatchObject({ Written: 16, DeadLettered: 4 });
    const letters = stage()
      .letters()
      .filter(({ letter }) => keys.includes(String(letter['id'])));
    expect(letters.map(({ letter }) => letter['id'])).toEqual(guilty);
    expect(letters[0]?.letter).toMatchObject({
      status: 400,
      error: { type: 'poison', reason: 'why' },
    });
  });

  test('is dead-lettered when nine documents are all there are and each repeats it', async () => {
    stage().openSearch.behave(onBulk(poisonedBy(() => true)));
    const { metrics } = await stage().invoke(numberedKeys(9).map((key) => stage().put(key)));
    expect(metrics).toMatchObject({ DeadLettered: 9 });
  });

  test('comes again when ten documents are all there are and each repeats it', async () => {
    stage().openSearch.behave(onBulk(poisonedBy(() => true)));
    const records = numberedKeys(10).map((key) => stage().put(key));
    const { retryFrom, metrics } = await stage().invoke(records);
    expect(retryFrom).toBe(numberOf(records[0]));
    expect(metrics).toMatchObject({ Retried: 10 });
  });

  test('comes again when ten documents repeat it on several pages', async () => {
    stage().openSearch.behave(onBulk(poisonedBy(() => true)));
    const records = numberedKeys(10).map((key) => stage().put(key, { a: text(300_000) }));
    const { metrics } = await stage().invoke(records);
    expect(metrics).toMatchObject({ Retried: 10 });
  });

  test.each([
    ['does not pass', 1000],
    ['passes', 1],
  ])(
    'comes again when a third of the documents has another fault first, which %s',
    async (_, times) => {
      const keys = numberedKeys(24);
      const faults = new Map(keys.slice(16).map((key) => [key, times]));
      const behaviour: Behaviour = (request, passOn) => {
        const [id = '', another] = idsIn(request);
        const left = another === undefined ? (faults.get(id) ?? 0) : 0;
        faults.set(id, left - 1);
        return left > 0 ? { status: 503, body: '' } : poisonedBy(() => true)(request, passOn);
      };
      stage().openSearch.behave(onBulk(behaviour));
      const { metrics } = await stage().invoke(
        keys.map((key) => stage().put(key)),
        3000,
      );
      expect(metrics).toMatchObject({ Retried: 24, DeadLettered: 0 });
    },
  );

  test('is dead-lettered when the other documents turn out well later', async () => {
    const keys = numberedKeys(12);
    const [guilty = '', ...others] = keys;
    let faults = others.length;
    const behaviour: Behaviour = (request, passOn) =>
      idsIn(request).length === 1 && idsIn(request)[0] !== guilty && faults-- > 0
        ? { status: 503, body: '' }
        : poisonedBy((id) => id === guilty || faults > 0)(request, passOn);
    stage().openSearch.behave(onBulk(behaviour));
    const { metrics } = await stage().invoke(keys.map((key) => stage().put(key)));
    expect(metrics).toMatchObject({ Written: 11, DeadLettered: 1 });
  });
});

const numberOf = (record: StreamRecord | undefined): string | undefined =>
  record?.dynamodb?.SequenceNumber;

const threeKeys = (): readonly [string, string, string] => {
  const key = crypto.randomUUID();
  return [`${key}-1`, `${key}-2`, `${key}-3`];
};

const numberedKeys = (count: number): readonly string[] => {
  const key = crypto.randomUUID();
  return Array.from({ length: count }, (_, position) => `${key}-${position}`);
};

const text = (length: number): AttributeValue => ({ S: 'x'.repeat(length) });
