import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { faultOf } from '../../../../function/src/aws/fault.ts';
import { widthOf } from '../../../../function/src/operator/backfill/width.ts';
import type { Behaviour, ProxiedRequest } from '../../../support/fault-proxy.ts';
import {
  answering,
  cutAfter,
  cutBefore,
  failingItems,
  healthy,
  inTurn,
  isBulk,
  onBulk,
  when,
} from '../../../support/faults.ts';
import { hammer } from '../../../support/hammer.ts';
import { manyItems, putItems } from '../../../support/items.ts';
import { type OperatorStage, openOperatorStage } from '../../../support/operator-stage.ts';
import { backfilled, expectIndexToEqualTable } from './backfilled.ts';

let stage: OperatorStage;

beforeAll(async () => {
  stage = await openOperatorStage();
  await putItems(stage, manyItems(3000));
});

beforeEach(() => {
  stage.openSearch.behave();
  stage.dynamoDB.behave();
  stage.aws.behave();
});

afterAll(() => stage.stop());

const isScan = ({ headers }: ProxiedRequest) =>
  headers['x-amz-target'] === 'DynamoDB_20120810.Scan';

const throttling = answering(400, {
  __type: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
  message: 'The level of configured provisioned throughput for the table was exceeded.',
});

const denied = answering(400, {
  __type: 'com.amazon.coral.service#AccessDeniedException',
  message:
    'User: arn:aws:iam::123456789012:user/reader is not authorized to perform: dynamodb:Scan',
});

/** One of these faults in turn, then health, again and again. */
const mixed = (faults: readonly Behaviour[]): Behaviour => {
  let request = 0;
  return (seen, passOn) => {
    const turn = request++;
    const fault = turn % 2 === 0 ? faults[(turn / 2) % faults.length] : undefined;
    return (fault ?? healthy)(seen, passOn);
  };
};

test('OpenSearch answers 429, 503 and HTML, or cuts connections before and after the work: every item is written', async () => {
  const faults = [
    answering(429),
    answering(503, '<html>'),
    cutBefore,
    cutAfter,
    failingItems((id) => (id.endsWith('7') ? { status: 429 } : undefined)),
  ];
  stage.openSearch.behave(onBulk(mixed(faults)));
  const { isDone, counts } = await backfilled(stage);
  expect(isDone).toBe(true);
  expect(counts).toMatchObject({ read: 3000, rejected: 0 });
  stage.openSearch.behave();
  await expectIndexToEqualTable(stage);
}, 120_000);

test('when OpenSearch wants it slower fewer work at once, and more again when it has got over it', async () => {
  const width = widthOf(8);
  stage.openSearch.behave(onBulk(inTurn([answering(429)])));
  const { counts } = await backfilled(stage, { width, workers: 2 });
  expect(counts.throttled).toBe(1);
  expect(width.now()).toBeLessThan(8);
  expect(width.now()).toBeGreaterThanOrEqual(4);
});

test('a throttled table is read more slowly, to its end', async () => {
  const throttlings = Array.from({ length: 6 }, () => throttling); // the client tries four times by itself
  stage.dynamoDB.behave(when(isScan, inTurn(throttlings)));
  const { isDone, counts, hindrances } = await backfilled(stage, { workers: 1 });
  expect(isDone).toBe(true);
  expect(counts).toMatchObject({ read: 3000, throttled: 1 });
  expect(hindrances[0]).toMatch(/provisioned throughput/);
  expect(hindrances.at(-1)).toBeUndefined();
});

test('DynamoDB answers 500 or cuts connections: it is asked again', async () => {
  const faults = [answering(500, { __type: 'InternalServerError' }), cutBefore, answering(503)];
  stage.dynamoDB.behave(when(isScan, mixed(faults)));
  expect((await backfilled(stage)).isDone).toBe(true);
}, 60_000);

test('what only an operator can change ends it at once, with the sentence of AWS', async () => {
  stage.dynamoDB.behave(when(isScan, denied));
  await expect(backfilled(stage)).rejects.toThrow(/not authorized to perform: dynamodb:Scan/);
});

test('who is not let in is told so soon, with the cure', async () => {
  stage.openSearch.behave(onBulk(answering(403, { error: { type: 'security_exception' } })));
  const started = performance.now();
  const ending = backfilled(stage);
  await expect(ending).rejects.toThrow(
    /^OpenSearch did not take items of .*: security_exception \(HTTP 403\)\. Whoever runs this needs/,
  );
  expect(performance.now() - started).toBeLessThan(20_000); // and not the patience of a run under way
}, 60_000);

test('when OpenSearch takes nothing for too long it ends, and says why; until then it tells how long it will try', async () => {
  stage.openSearch.behave(onBulk(answering(503)));
  const told: [string | undefined, number | undefined][] = [];
  const onHindrance = (...words: (typeof told)[number]) => told.push(words);
  const ending = backfilled(stage, { patienceMilliseconds: 2000, onHindrance });
  await expect(ending).rejects.toThrow(/^OpenSearch did not take items of .*: HTTP 503$/);
  expect(told).toContainEqual(['OpenSearch: http_503', expect.any(Number)]);
}, 60_000);

test('told to stop it stops soon, with the position at what is settled; from there it goes on', async () => {
  const controller = new AbortController();
  let bulks = 0;
  stage.openSearch.behave(
    when(isBulk, (_request, passOn) => {
      if (++bulks < 2) return passOn();
      controller.abort();
      return 'silence';
    }),
  );
  const stopped = await backfilled(stage, { signal: controller.signal, workers: 1 });
  expect(stopped.isDone).toBe(false);
  expect(stopped.counts.read).toBeLessThan(3000);
  stage.openSearch.behave();
  const { position, counts } = stopped;
  const resumed = await backfilled(stage, { position, counts });
  expect(resumed.isDone).toBe(true);
  expect(resumed.counts.read).toBe(3000);
  await expectIndexToEqualTable(stage);
});

test('faults on both sides while somebody changes the table and the function follows: in the end index and table are equal', async () => {
  const mapping = await stage.follow();
  const keys = manyItems(3000, '').slice(0, 300);
  const writer = hammer(
    stage,
    keys.map(({ pk }) => pk?.S ?? ''),
  );
  stage.openSearch.behave(mixed([answering(429), answering(503), cutBefore, cutAfter]));
  stage.dynamoDB.behave(mixed([throttling, answering(500), cutBefore]));
  expect((await backfilled(stage)).isDone).toBe(true);
  await writer.stop();
  stage.openSearch.behave();
  stage.dynamoDB.behave();
  await mapping.drained();
  await expectIndexToEqualTable(stage);
}, 180_000);

test('items without the key that the configuration says end it, with the cure', async () => {
  const table = { ...stage.table(), partitionKey: { name: 'other', type: 'S' } as const };
  await expect(backfilled(stage, { table })).rejects.toThrow(
    /does not have the key that the configuration says, other \(S\): run terraform apply/,
  );
});

test('what is thrown without a name of AWS may pass', () => {
  expect(faultOf(new Error('socket hang up'))).toBe('passing');
  expect(faultOf('nothing at all')).toBe('passing');
});
