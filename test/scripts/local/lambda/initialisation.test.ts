import { expect, test } from 'vitest';
import { temporaryFunction } from './temporary-function.ts';

test('a cold start does not count against the timeout of the invocation', async () => {
  const lambda = await temporaryFunction(
    `const end = Date.now() + 500; while (Date.now() < end);
     exports.handler = async () => 'done';`,
    { timeoutMilliseconds: 400 },
  );
  expect(await lambda.invoke('{}')).toMatchObject({ kind: 'answered' });
});

test('a cold start that fails is repeated once, then the invocation fails with its error', async () => {
  const lambda = await temporaryFunction('throw new TypeError("no configuration");');
  expect(await lambda.invoke('{}')).toMatchObject({
    kind: 'failed',
    errorType: 'TypeError',
    message: 'no configuration',
  });
  expect(lambda.coldStarts()).toBe(2);
});

test('a cold start that outlasts its limit is repeated in the time of the invocation', async () => {
  const lambda = await temporaryFunction(
    `const end = Date.now() + 400; while (Date.now() < end);
     exports.handler = async () => 'done';`,
    { initialisationTimeoutMilliseconds: 200, timeoutMilliseconds: 3_000 },
  );
  expect(await lambda.invoke('{}')).toMatchObject({ kind: 'answered' });
  expect(lambda.coldStarts()).toBe(2);
});

test('a cold start after a kill counts against the timeout of the invocation', async () => {
  const lambda = await temporaryFunction(
    `const end = Date.now() + 700; while (Date.now() < end);
     exports.handler = async (event) => { if (event.spin) for (;;); };`,
    { timeoutMilliseconds: 600 },
  );
  expect(await lambda.invoke('{}')).toMatchObject({ kind: 'answered' });
  expect(await lambda.invoke('{"spin":true}')).toMatchObject({ kind: 'timed-out' });
  expect(await lambda.invoke('{}')).toMatchObject({ kind: 'timed-out' });
});

test('a cold start that never ends is a timeout of the invocation', async () => {
  const lambda = await temporaryFunction('for (;;);', {
    initialisationTimeoutMilliseconds: 200,
    timeoutMilliseconds: 200,
  });
  expect(await lambda.invoke('{}')).toMatchObject({ kind: 'timed-out' });
});

test('a missing handler is named', async () => {
  const lambda = await temporaryFunction('exports.other = 1;');
  expect(await lambda.invoke('{}')).toMatchObject({
    kind: 'failed',
    errorType: 'Runtime.HandlerNotFound',
    message: 'index.handler is undefined or not exported',
  });
});

test('a process that leaves during its cold start is a crash', async () => {
  const lambda = await temporaryFunction('process.exit(7);');
  expect(await lambda.invoke('{}')).toMatchObject({ kind: 'crashed', reason: 'exit status 7' });
});
