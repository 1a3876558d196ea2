import { expect, test } from 'vitest';
import { startEventSourceMapping } from '../../../../scripts/local/event-source-mapping/event-source-mapping.ts';
import { createInMemoryStream } from '../../../../scripts/local/event-source-mapping/in-memory-stream.ts';
import { changes, functionError, startHarness } from './harness.ts';
import { createVirtualClock, startEpochSeconds } from './virtual-clock.ts';

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

test('a discarded batch is stored in the form that Lambda documents for S3', async () => {
  const { mapping, letters } = startHarness(
    changes('ab'),
    { maximumRetryAttempts: 1 },
    () => functionError,
  );
  await mapping.drained();
  expect(letters[0]?.body).toEqual({
    requestContext: {
      requestId: 'request',
      functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:orders-sync',
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: 2,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: '2026-01-01T00:00:00.200Z',
    DDBStreamBatchInfo: {
      shardId: 'shard-1',
      startSequenceNumber: '1',
      endSequenceNumber: '2',
      approximateArrivalOfFirstRecord: '2026-01-01T00:00:00Z',
      approximateArrivalOfLastRecord: '2026-01-01T00:00:00Z',
      batchSize: 2,
      streamArn:
        'arn:aws:dynamodb:eu-west-1:000000000000:table/Orders/stream/2026-01-01T00:00:00.000',
    },
    payload: expect.any(String),
  });
});

test('the payload is the whole event as escaped JSON', async () => {
  const { mapping, letters } = startHarness(
    changes('ab'),
    { maximumRetryAttempts: 0 },
    () => functionError,
  );
  await mapping.drained();
  const { payload } = { payload: '', ...Object(letters[0]?.body) };
  expect(JSON.parse(payload)).toMatchObject({ Records: [{ eventID: '1' }, { eventID: '2' }] });
});

test('the object has the key that Lambda documents', async () => {
  const { mapping, letters } = startHarness(
    changes('a'),
    { maximumRetryAttempts: 0 },
    () => functionError,
  );
  await mapping.drained();
  expect(letters[0]?.key).toMatch(
    new RegExp(
      `^aws/lambda/7a0c1f6e-0000-4000-8000-000000000000/shard-1/2026/01/01/2026-01-01T00\\.00\\.00-${uuid}$`,
    ),
  );
});

test('a destination that refuses a batch loses it and is counted, and the shard goes on', async () => {
  const stream = createInMemoryStream();
  stream.put({ partition: 'a', createdEpochSeconds: startEpochSeconds });
  const mapping = startEventSourceMapping({
    source: stream.source,
    clock: createVirtualClock(),
    settings: { startingPosition: 'TRIM_HORIZON', maximumRetryAttempts: 0 },
    invoke: async () => functionError,
    onFailure: async () => {
      throw new Error('AccessDenied');
    },
  });
  await mapping.drained();
  await mapping.stop();
  expect(mapping.statistics).toMatchObject({ discarded: 1, destinationDeliveryFailures: 1 });
});
