import { describe, expect, test } from 'vitest';
import { type Behaviour, startFaultProxy } from '../support/fault-proxy.ts';
import {
  answering,
  failingItems,
  onBulk,
  silentAfter,
  slow,
  stallingAfter,
  when,
} from '../support/faults.ts';
import { type Outcome, onStage, type Stage, warmUp } from '../support/function-stage.ts';

const NO_WORK_BELOW_MILLISECONDS = 2000;
const NO_LETTERS_BELOW_MILLISECONDS = 1000;
const TIMEOUT_MILLISECONDS = 3000;

// Between the moment at which the function decides and the one at which a busy machine lets us see it.
const SLACK_MILLISECONDS = 400;

const SECRET = 'opensearch-user';

/** A stage whose function is warm. */
const onWarmStage = (act: (stage: Stage) => Promise<void>, configuration: object = {}) =>
  onStage({ configuration }, async (stage) => {
    stage.awsState.secrets.set(SECRET, '{"username":"u","password":"p"}');
    await stage.invoke([], TIMEOUT_MILLISECONDS);
    await act(stage);
  });

const expectAnswerBefore = (outcome: Outcome, reserveMilliseconds: number) => {
  expect(outcome.result.kind).toBe('answered');
  expect(outcome.milliseconds).toBeLessThan(
    TIMEOUT_MILLISECONDS - reserveMilliseconds + SLACK_MILLISECONDS,
  );
};

describe.concurrent('an invocation', () => {
  test('begins no request when less than two seconds are left', () =>
    onWarmStage(async (stage) => {
      stage.openSearch.behave(onBulk(answering(429)));
      const started = Date.now();
      const outcome = await stage.invoke([stage.put('a')], TIMEOUT_MILLISECONDS);
      const lastStart = stage.openSearch.requests.at(-1)?.at ?? 0;
      expect(outcome.metrics).toMatchObject({ Retried: 1 });
      expect(lastStart - started).toBeLessThan(
        TIMEOUT_MILLISECONDS - NO_WORK_BELOW_MILLISECONDS + SLACK_MILLISECONDS,
      );
      expectAnswerBefore(outcome, NO_WORK_BELOW_MILLISECONDS);
    }));

  test('that has less than two seconds from the start begins nothing', () =>
    onStage({}, async (stage) => {
      const { metrics } = await stage.invoke([stage.put('a'), stage.remove('b')], 1900);
      expect(metrics).toMatchObject({ Retried: 2 });
      expect(stage.openSearch.requests).toEqual([]);
    }));

  test('pauses between attempts, within a bound that doubles with each', () =>
    onStage({}, async (stage) => {
      await stage.invoke([stage.put('a')], 6000);
      stage.openSearch.behave(answering(503));
      await stage.invoke([stage.put('a')], 6000);
      const times = stage.openSearch.requests.map(({ at }) => at);
      const pauses = times.slice(1).map((at, position) => at - (times[position] ?? 0));
      expect(pauses.length).toBeGreaterThanOrEqual(3);
      expect(pauses.length).toBeLessThanOrEqual(30);
      for (const [attempt, pause] of pauses.entries()) {
        expect(pause).toBeLessThan(100 * 2 ** attempt + SLACK_MILLISECONDS);
      }
    }));

  test('stores a dead letter until one second is left', () =>
    onWarmStage(async (stage) => {
      // The rejection is known at once, and another document keeps the function busy until two seconds are left.
      const faults = new Map([
        ['busy', { status: 429 }],
        ['rejected', { status: 400, type: 'poison' }],
      ]);
      await warmUp(TIMEOUT_MILLISECONDS)(stage);
      stage.openSearch.behave(onBulk(failingItems((id) => faults.get(id))));
      await stage.invoke([stage.put('rejected')], TIMEOUT_MILLISECONDS); // has the client for S3 loaded
      stage.aws.behave(slow(300));
      const records = [stage.put('rejected'), stage.put('busy')];
      const { metrics, retryFrom } = await stage.invoke(records, TIMEOUT_MILLISECONDS);
      expect(metrics).toMatchObject({ DeadLettered: 1, Retried: 1 });
      expect(retryFrom).toBe(records[1]?.dynamodb?.SequenceNumber);
    }));
});

const waits: readonly (readonly [string, Behaviour])[] = [
  ['never answers', silentAfter],
  ['stops halfway through its answer', stallingAfter],
  ['is overloaded', answering(503)],
  ['is slow', slow(10_000)],
];

// Of PutObject's answer the head is all there is: one that comes is the confirmation.
const waitsForHead = waits.filter(([, behaviour]) => behaviour !== stallingAfter);

describe.concurrent('the function answers in time', () => {
  test.each(waits)('when OpenSearch %s', (_, behaviour) =>
    onWarmStage(async (stage) => {
      await warmUp(TIMEOUT_MILLISECONDS)(stage);
      stage.openSearch.behave(behaviour);
      const outcome = await stage.invoke([stage.put('a')], TIMEOUT_MILLISECONDS);
      expect(outcome.metrics).toMatchObject({ Retried: 1 });
      expectAnswerBefore(outcome, NO_WORK_BELOW_MILLISECONDS);
    }),
  );

  test.each(waitsForHead)('when S3 %s', (_, behaviour) =>
    onWarmStage(async (stage) => {
      await warmUp(TIMEOUT_MILLISECONDS)(stage);
      const fault = { status: 400, type: 'poison' };
      stage.openSearch.behave(
        onBulk(failingItems((id) => (id === 'rejected' ? fault : undefined))),
      );
      stage.aws.behave(when(({ method }) => method === 'PUT', behaviour));
      const records = [stage.put('a'), stage.put('b'), stage.put('rejected'), stage.put('c')];
      const outcome = await stage.invoke(records, TIMEOUT_MILLISECONDS);
      expect(outcome.retryFrom).toBe(records[2]?.dynamodb?.SequenceNumber);
      expect(outcome.metrics).toMatchObject({ Written: 2, Retried: 2, DeadLettered: 0 });
      expectAnswerBefore(outcome, NO_LETTERS_BELOW_MILLISECONDS);
    }),
  );

  test.each<readonly [string, Behaviour]>([
    ['never answers', () => 'silence'],
    [
      'stops halfway through its answer',
      () => ({ stalls: { status: 200, body: '{"Responses":{}}' } }),
    ],
  ])('when DynamoDB %s', async (_, behaviour) => {
    const dynamoDB = await startFaultProxy('http://127.0.0.1:9'); // it passes nothing on
    dynamoDB.behave(behaviour);
    await onStage({ dynamoDBUrl: dynamoDB.url }, async (stage) => {
      await warmUp(TIMEOUT_MILLISECONDS)(stage);
      const withoutImage = stage.put('a', {}, { image: undefined });
      const outcome = await stage.invoke([withoutImage], TIMEOUT_MILLISECONDS);
      expect(outcome.metrics).toMatchObject({ Retried: 1 });
      expectAnswerBefore(outcome, NO_WORK_BELOW_MILLISECONDS);
    });
    await dynamoDB.stop();
  });

  test.each(waits)('when Secrets Manager %s', (_, behaviour) =>
    onWarmStage(
      async (stage) => {
        stage.aws.behave(behaviour);
        const outcome = await stage.invoke([stage.put('a')], TIMEOUT_MILLISECONDS);
        expect(outcome.metrics).toMatchObject({ Retried: 1 });
        expectAnswerBefore(outcome, NO_WORK_BELOW_MILLISECONDS);
      },
      { auth: { type: 'basic', secret_arn: SECRET } },
    ),
  );
});
