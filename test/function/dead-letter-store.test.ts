import { createHash } from 'node:crypto';
import { test as anyTest, beforeEach, describe, expect } from 'vitest';
import type { StreamRecord } from '../../function/src/core/stream-record.ts';
import {
  answering,
  cutAfter,
  cutBefore,
  failingItems,
  inTurn,
  onBulk,
  slow,
  when,
} from '../support/faults.ts';
import { type Letter, stageForAll, warmUp } from '../support/function-stage.ts';

const HASTY_MILLISECONDS = 3500; // a second and a half of work

// Stages stand side by side; the tests of one wait for each other.
const test = anyTest.sequential;

const openJudgingStage = () => {
  const stage = stageForAll({ tables: { other: {} } }, warmUp(HASTY_MILLISECONDS, ['other']));
  beforeEach(() => {
    stage().awsState.objects.clear();
    stage().openSearch.behave(judging);
  });
  return stage;
};

// Documents are refused, or kept from being settled, by what their ids begin with.
const judging = onBulk(
  failingItems((id) => {
    if (id.startsWith('bad'))
      return { status: 400, type: 'mapper_parsing_exception', reason: `no: ${id}` };
    return id.startsWith('busy') ? { status: 429 } : undefined;
  }),
);

const isPut = ({ method }: { readonly method: string }) => method === 'PUT';

const numberOf = (record: StreamRecord | undefined): string =>
  record?.dynamodb?.SequenceNumber ?? '';

const keysOf = (letters: readonly Letter[]) => new Set(letters.map(({ key }) => key));

describe.concurrent('a letter', () => {
  const stage = openJudgingStage();

  test('says what was rejected, why and when, and holds the whole record', async () => {
    const record = {
      ...stage().put('bad', { a: { S: 'x' } }),
      eventID: 'e1',
      userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
    };
    const { metrics } = await stage().invoke([record]);
    expect(metrics).toMatchObject({ DeadLettered: 1 });
    const [letter, ...others] = stage().letters();
    expect(others).toEqual([]);
    expect(letter?.letter).toEqual({
      table: stage().name,
      index: stage().name,
      id: 'bad',
      operation: 'index',
      status: 400,
      error: { type: 'mapper_parsing_exception', reason: 'no: bad' },
      rejected_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      record,
    });
    expect(Object.keys(letter?.letter ?? {})).toEqual([
      ...['table', 'index', 'id', 'operation', 'status', 'error', 'rejected_at', 'record'],
    ]);
    const age = Date.now() - Date.parse(String(letter?.letter['rejected_at']));
    expect(Math.abs(age)).toBeLessThan(10_000);
  });

  test('of a removal says delete', async () => {
    await stage().invoke([stage().remove('bad')]);
    expect(stage().letters()).toMatchObject([{ letter: { id: 'bad', operation: 'delete' } }]);
  });

  test('loses nothing that JSON can hold', async () => {
    const image =
      '{"pk":{"S":"bad"},"__proto__":{"S":"p"},"constructor":{"M":{"__proto__":{"NULL":true}}},"":{"S":""},"s":{"S":"\\ud800 \\u0000 \\u2028 \\n"},"n":{"N":"9.9999999999999999999999999999999999999E+125"}}';
    const record = stage().record({ keys: { pk: { S: 'bad' } }, image: JSON.parse(image) });
    await stage().invoke([record]);
    const [letter] = stage().letters();
    expect(letter?.text.endsWith(`"record":${JSON.stringify(record)}}`)).toBe(true);
    expect(JSON.stringify(record)).toContain(image.slice(0, 60));
  });

  test('of several records of a key holds the last', async () => {
    const records = [
      stage().put('bad-1'),
      stage().put('good'),
      stage().put('bad-1', { a: { S: 'y' } }),
    ];
    const { metrics } = await stage().invoke(records);
    expect(metrics).toMatchObject({ DeadLettered: 1, Folded: 1, Written: 1 });
    expect(
      stage()
        .letters()
        .map(({ letter }) => letter.record),
    ).toEqual([records[2]]);
  });
});

describe.concurrent('the object', () => {
  const stage = openJudgingStage();

  test('of a table has the letters of one invocation in the order of their records, under the day of the first', async () => {
    const records = [
      stage().put('good'),
      stage().put('bad-1', {}, { seconds: Date.UTC(2025, 1, 3, 23, 59, 59) / 1000 }),
      stage().put('bad-2', {}, { seconds: Date.UTC(2025, 1, 4) / 1000 }),
      stage().put(
        'bad-3',
        {},
        { table: `${stage().name}.other`, seconds: Date.UTC(2025, 10, 12) / 1000 },
      ),
    ];
    await stage().invoke(records);
    const letters = stage().letters();
    const name = (of: readonly (StreamRecord | undefined)[]) => {
      const numbers = of.map(numberOf);
      const hash = createHash('sha256').update(numbers.join('\n')).digest('hex').slice(0, 16);
      return `${numbers[0]}-${hash}.ndjson`;
    };
    expect(letters.map(({ key, letter }) => [letter['id'], key])).toEqual([
      ['bad-1', `rejected/${stage().name}/2025/02/03/${name(records.slice(1, 3))}`],
      ['bad-2', `rejected/${stage().name}/2025/02/03/${name(records.slice(1, 3))}`],
      ['bad-3', `rejected/${stage().name}.other/2025/11/12/${name(records.slice(3))}`],
    ]);
  });

  test('is not made when nothing is rejected', async () => {
    await stage().invoke([stage().put('good'), stage().remove('good-2')]);
    expect(stage().awsState.objects.size).toBe(0);
    expect(stage().aws.requests).toEqual([]);
  });

  test('is overwritten by the repeat of its event', async () => {
    const records = [stage().put('bad-1'), stage().put('good'), stage().put('bad-2')];
    await stage().invoke(records);
    const first = stage().letters();
    await stage().invoke(records);
    expect(keysOf(stage().letters())).toEqual(keysOf(first));
    expect(stage().letters()).toHaveLength(2);
  });
});

describe.concurrent('when S3', () => {
  const stage = openJudgingStage();

  test.each([
    ['denies access', answering(403, '<Error><Code>AccessDenied</Code></Error>')],
    ['has no such bucket', answering(404, '<Error><Code>NoSuchBucket</Code></Error>')],
    ['is down', answering(500)],
    ['asks to slow down', answering(503, '<Error><Code>SlowDown</Code></Error>')],
    ['cuts connections', cutBefore],
  ])('%s, the rejected records come again, with all that follows them', async (_, behaviour) => {
    stage().aws.behave(when(isPut, behaviour));
    const records = [
      stage().put('good-1'),
      stage().put('bad-1'),
      stage().put('good-2'),
      stage().put('bad-2'),
    ];
    const { retryFrom, metrics, lines } = await stage().invoke(records, HASTY_MILLISECONDS);
    expect(retryFrom).toBe(numberOf(records[1]));
    expect(metrics).toMatchObject({ Written: 1, Retried: 3, DeadLettered: 0 });
    expect(stage().letters()).toEqual([]);
    expect(lines.some((line) => line.includes('dead letters were not stored'))).toBe(true);
  });

  test('takes the letters although its confirmation is lost, the repeat overwrites them', async () => {
    stage().aws.behave(when(isPut, cutAfter));
    const records = [stage().put('bad-1'), stage().put('bad-2')];
    const { metrics } = await stage().invoke(records, HASTY_MILLISECONDS);
    expect(metrics).toMatchObject({ Retried: 2, DeadLettered: 0 });
    expect(stage().letters()).toHaveLength(2);
    stage().aws.behave();
    expect((await stage().invoke(records)).metrics).toMatchObject({ DeadLettered: 2 });
    expect(stage().letters()).toHaveLength(2);
  });

  test.each([
    ['fails at first', inTurn([answering(500), cutBefore])],
    ['is slow', slow(700)],
  ])('%s, the letters are stored all the same', async (_, behaviour) => {
    stage().aws.behave(when(isPut, behaviour));
    const { metrics } = await stage().invoke([stage().put('bad-1')]);
    expect(metrics).toMatchObject({ DeadLettered: 1 });
    expect(stage().letters()).toHaveLength(1);
  });

  test('refuses the letters of one table, the letters of another are stored only as far as their records do not come again', async () => {
    const refused = `/rejected/${stage().name}/`;
    stage().aws.behave(
      when((request) => isPut(request) && request.path.includes(refused), answering(403)),
    );
    const of = { table: `${stage().name}.other` };
    const records = [
      stage().put('good', {}, of),
      stage().put('bad-1'),
      stage().put('bad-2', {}, of),
    ];
    const { retryFrom, allMetrics } = await stage().invoke(records);
    expect(retryFrom).toBe(numberOf(records[1]));
    expect(allMetrics).toMatchObject([{ Written: 1, Retried: 1 }, { Retried: 1 }]);
    expect(stage().letters()).toEqual([]);
  });
});

describe.concurrent('no letter is stored for a record that comes again anyway', () => {
  const stage = openJudgingStage();

  test('because one before it does', async () => {
    const records = [stage().put('bad-1'), stage().put('busy'), stage().put('bad-2')];
    const { retryFrom, metrics } = await stage().invoke(records, HASTY_MILLISECONDS);
    expect(retryFrom).toBe(numberOf(records[1]));
    expect(metrics).toMatchObject({ DeadLettered: 1, Retried: 2 });
    expect(
      stage()
        .letters()
        .map(({ letter }) => letter['id']),
    ).toEqual(['bad-1']);
  });

  test('because its key comes again, from its first record on', async () => {
    const records = [stage().put('bad-1'), stage().put('busy'), stage().put('bad-1')];
    const { retryFrom, metrics } = await stage().invoke(records, HASTY_MILLISECONDS);
    expect(retryFrom).toBe(numberOf(records[0]));
    expect(metrics).toMatchObject({ Retried: 3 });
    expect(stage().letters()).toEqual([]);
  });

  test('because another rejected key comes again and draws it along', async () => {
    const records = [
      stage().put('bad-1'),
      stage().put('bad-2'),
      stage().put('busy'),
      stage().put('bad-1'),
    ];
    const { retryFrom, metrics } = await stage().invoke(records, HASTY_MILLISECONDS);
    expect(retryFrom).toBe(numberOf(records[0]));
    expect(metrics).toMatchObject({ Retried: 4 });
    expect(stage().letters()).toEqual([]);
  });
});
