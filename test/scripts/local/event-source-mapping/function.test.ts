import { expect, onTestFinished, test } from 'vitest';
import { startEventSourceMapping } from '../../../../scripts/local/event-source-mapping/event-source-mapping.ts';
import { createInMemoryStream } from '../../../../scripts/local/event-source-mapping/in-memory-stream.ts';
import type { SettingsInput } from '../../../../scripts/local/event-source-mapping/settings.ts';
import { temporaryFunction } from '../lambda/temporary-function.ts';
import { sequenceNumbersOf } from './harness.ts';

/** Sends `count` records to a real function process and returns the batches that it was sent. */
const sendTo = async (source: string, count: number, settings: Partial<SettingsInput> = {}) => {
  const lambda = await temporaryFunction(source, { timeoutMilliseconds: 2_500 });
  const stream = createInMemoryStream();
  for (let number = 0; number < count; number += 1)
    stream.put({ partition: 'a', createdEpochSeconds: Math.floor(Date.now() / 1000) });
  const batches: string[] = [];
  const mapping = startEventSourceMapping({
    source: stream.source,
    settings: { startingPosition: 'TRIM_HORIZON', reportBatchItemFailures: true, ...settings },
    invoke: async (event) => {
      const result = await lambda.invoke(event);
      batches.push(`${sequenceNumbersOf(event).join(' ')} ${result.kind}`);
      return result;
    },
  });
  onTestFinished(() => mapping.stop());
  await mapping.drained();
  return { batches, coldStarts: lambda.coldStarts() };
};

// The file system outlives the process, as /tmp does in Lambda.
const onFirstInvocation = (code: string) =>
  `const { existsSync, writeFileSync } = require('node:fs');
   exports.handler = async (event) => {
     if (existsSync('invoked')) return { batchItemFailures: [] };
     writeFileSync('invoked', '');
     ${code}
   };`;

test('a function that times out is killed, and its batch is sent again to a new process', async () => {
  expect(await sendTo(onFirstInvocation('for (;;);'), 2)).toEqual({
    batches: ['1 2 timed-out', '1 2 answered'],
    coldStarts: 2,
  });
});

test('the batch of a function that crashes is sent again to a new process', async () => {
  expect(await sendTo(onFirstInvocation('process.exit(1);'), 2)).toEqual({
    batches: ['1 2 crashed', '1 2 answered'],
    coldStarts: 2,
  });
});

test('the rest of a batch that a function reports is sent again to the same process', async () => {
  const report = onFirstInvocation(
    'return { batchItemFailures: [{ itemIdentifier: event.Records[1].dynamodb.SequenceNumber }] };',
  );
  expect(await sendTo(report, 3)).toEqual({
    batches: ['1 2 3 answered', '2 3 answered'],
    coldStarts: 1,
  });
});

test('the halves of a batch that crashes a function are sent one after the other', async () => {
  const settings = { bisectBatchOnFunctionError: true };
  expect(await sendTo(onFirstInvocation('process.abort();'), 2, settings)).toMatchObject({
    batches: ['1 2 crashed', '1 answered', '2 answered'],
  });
});
