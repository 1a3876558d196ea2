import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createLog, logLevel } from '../../function/src/log.ts';
import { type FakeDynamoDB, startFakeDynamoDB } from '../support/fake-dynamodb.ts';
import { type Behaviour, type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import {
  answering,
  cutBefore,
  failingItems,
  isBulk,
  onBulk,
  silentAfter,
  stallingAfter,
  when,
} from '../support/faults.ts';
import { openStage, type Stage } from '../support/function-stage.ts';

const CANARY = 'canary7f3a';
const HASTY_MILLISECONDS = 2600; // six tenths of a second of work

describe('no line holds an attribute value, an attribute name or an id', () => {
  let fake: FakeDynamoDB;
  let dynamoDB: FaultProxy;
  let stage: Stage;

  beforeAll(async () => {
    fake = await startFakeDynamoDB();
    dynamoDB = await startFaultProxy(fake.url);
    const conflicting = { mappings: { properties: { o: { type: 'object' } } } };
    const tables = { conflicting, illegal: { settings: { number_of_shards: 0 } } };
    stage = await openStage({ dynamoDBUrl: dynamoDB.url, tables });
  });

  afterEach(() => {
    stage.openSearch.behave();
    stage.aws.behave();
    dynamoDB.behave();
  });

  afterAll(async () => {
    await stage.stop();
    await dynamoDB.stop();
    await fake.stop();
  });

  const put = (parts: object = {}) =>
    stage.put(
      `${CANARY}-key`,
      { [`${CANARY}-name`]: { S: `${CANARY}-text` }, o: { S: CANARY } },
      parts,
    );

  const error = { type: 'some_exception', reason: `quotes ${CANARY}` };
  const poison = onBulk(failingItems(() => ({ status: 400, ...error })));
  const isPut = ({ method }: { readonly method: string }) => method === 'PUT';

  const faults: readonly (readonly [string, () => Promise<unknown> | unknown])[] = [
    ['nothing is wrong', () => undefined],
    ['documents are refused', () => stage.openSearch.behave(poison)],
    [
      'items fail',
      () => stage.openSearch.behave(onBulk(failingItems(() => ({ status: 503, ...error })))),
    ],
    ['requests are refused', () => stage.openSearch.behave(onBulk(answering(400, { error })))],
    ['requests fail', () => stage.openSearch.behave(onBulk(answering(503, { error })))],
    ['documents are too large', () => stage.openSearch.behave(onBulk(answering(413, { error })))],
    ['answers make no sense', () => stage.openSearch.behave(onBulk(answering(200, CANARY)))],
    ['connections are cut', () => stage.openSearch.behave(cutBefore)],
    ['OpenSearch does not answer', () => stage.openSearch.behave(silentAfter)],
    ['an answer stops halfway', () => stage.openSearch.behave(when(isBulk, stallingAfter))],
    [
      'the index cannot be made',
      () => stage.openSearch.behave(when(isPut, answering(400, { error }))),
    ],
    [
      'letters cannot be stored',
      () => {
        stage.openSearch.behave(poison);
        stage.aws.behave(when(isPut, answering(403, '<Error><Code>AccessDenied</Code></Error>')));
      },
    ],
    [
      'DynamoDB cannot be read',
      () => dynamoDB.behave(answering(400, { __type: 'x', message: CANARY })),
    ],
    ['DynamoDB makes no sense', () => dynamoDB.behave(answering(200, CANARY))],
  ];

  test.each(faults)('when %s', async (_, arrange) => {
    await arrange();
    const { lines } = await stage.invoke(
      [
        put(),
        put({ keys: { pk: { S: `${CANARY}-other` } }, image: undefined }),
        put({ keys: { pk: { S: `${CANARY}-bad` } }, image: { pk: { [CANARY]: CANARY } } }),
        put({ eventName: CANARY }),
        put({ table: `${stage.name}.conflicting` }),
        put({ table: `${stage.name}.illegal` }),
      ],
      HASTY_MILLISECONDS,
    );
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => line.includes(CANARY))).toEqual([]);
  });

  test('when the event is not for the function', async () => {
    const { lines } = await stage.invoke([put(), put({ table: 'Unknown' })]);
    expect(lines.filter((line) => line.includes(CANARY))).toEqual([]);
    const { result } = await stage.invoke([put({ table: 'Unknown' })]);
    expect(JSON.stringify(result)).not.toContain(CANARY);
  });

  test('when the log says everything it has to say, but for ids', async () => {
    const behaviour: Behaviour = onBulk(answering(503, { error }));
    const everything = await openStage({ environment: { LOG_LEVEL: 'DEBUG' } });
    everything.openSearch.behave(behaviour);
    const { lines } = await everything.invoke(
      [everything.put('k', { a: { S: CANARY } })],
      HASTY_MILLISECONDS,
    );
    await everything.stop();
    expect(lines.filter((line) => line.includes(CANARY))).toEqual([]);
  });
});

test('records that come again are a warning with table, index, counts and what OpenSearch answered', async () => {
  const stage = await openStage();
  stage.openSearch.behave(
    onBulk(answering(429, { error: { type: 'busy_exception', reason: CANARY } })),
  );
  const { lines } = await stage.invoke([stage.put('a'), stage.put('b')], 4000);
  await stage.stop();
  const ours = lines.filter((line) => !line.includes('_aws')).map((line) => JSON.parse(line));
  expect(ours).toEqual([
    {
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      level: 'WARN',
      message: 'records come again',
      table: stage.name,
      index: stage.name,
      retried: 2,
      received: 2,
      status: 429,
      type: 'busy_exception',
    },
  ]);
});

test('a request that took too long is a timeout in the warning', async () => {
  const stage = await openStage();
  await stage.invoke([stage.put('a')], 4000);
  stage.openSearch.behave(onBulk(silentAfter));
  const { lines } = await stage.invoke([stage.put('a')], 4000);
  await stage.stop();
  const warnings = lines.filter((line) => line.includes('"level":"WARN"'));
  expect(warnings.map((line) => JSON.parse(line))).toMatchObject([
    { status: 0, type: 'TimeoutError' },
  ]);
});

test('at DEBUG each document that was not written is named by its id, with what OpenSearch said', async () => {
  const stage = await openStage({ environment: { LOG_LEVEL: 'DEBUG' } });
  stage.openSearch.behave(
    onBulk(
      failingItems((id) => (id === 'b' ? { status: 400, type: 'bad', reason: CANARY } : undefined)),
    ),
  );
  const { lines } = await stage.invoke([stage.put('a'), stage.put('b')]);
  await stage.stop();
  const ours = lines.filter((line) => !line.includes('_aws')).map((line) => JSON.parse(line));
  expect(ours).toMatchObject([
    { level: 'DEBUG', id: 'b', operation: 'index', verdict: 'rejected', status: 400, type: 'bad' },
  ]);
  // The reason quotes values.
  expect(lines.filter((line) => line.includes(CANARY))).toEqual([]);
});

describe('the level', () => {
  test.each([
    [undefined, 'INFO'],
    ['', 'INFO'],
    ['LOUD', 'INFO'],
    ['debug', 'DEBUG'],
    ['WARN', 'WARN'],
    ['ERROR', 'ERROR'],
  ])('that LOG_LEVEL=%s asks for is %s', (text, level) => {
    expect(logLevel(text)).toBe(level);
  });

  test.each([
    ['DEBUG', ['debug', 'info', 'warn', 'error']],
    ['INFO', ['info', 'warn', 'error']],
    ['WARN', ['warn', 'error']],
    ['ERROR', ['error']],
  ] as const)('%s lets through %s', (level, wanted) => {
    const lines: string[] = [];
    const log = createLog(level, (line) => lines.push(line));
    for (const name of ['debug', 'info', 'warn', 'error'] as const) log[name](name, { at: 1 });
    expect(lines.map((line) => JSON.parse(line).message)).toEqual(wanted);
  });

  test('ERROR leaves the metrics alone', async () => {
    const stage = await openStage({ environment: { LOG_LEVEL: 'ERROR' } });
    stage.openSearch.behave(onBulk(answering(503)));
    const { lines, allMetrics } = await stage.invoke([stage.put('a')], HASTY_MILLISECONDS);
    await stage.stop();
    expect(allMetrics).toHaveLength(1);
    expect(lines).toHaveLength(1);
  });
});
