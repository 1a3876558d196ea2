import { beforeAll, describe, expect, test } from 'vitest';
import { installRuntimeInterfaceClient } from '../../../support/runtime-interface-client.ts';
import { temporaryFunction } from './temporary-function.ts';

let ricPath = '';

beforeAll(async () => {
  ricPath = await installRuntimeInterfaceClient();
});

describe('with aws-lambda-ric, Lambda’s own runtime', () => {
  const withRic = (source: string, options = {}) =>
    temporaryFunction(source, { bootstrap: { ricPath }, ...options });

  test('a function answers and fails as with our own bootstrap, in one process', async () => {
    const lambda = await withRic(
      `exports.handler = async (event, context) => {
         if (event.fail) throw new RangeError('too much');
         return [event, context.functionName, context.getRemainingTimeInMillis() > 0];
       };`,
      { functionName: 'orders-sync' },
    );
    expect(await lambda.invoke('{"a":1}')).toMatchObject({
      kind: 'answered',
      payload: '[{"a":1},"orders-sync",true]',
    });
    expect(await lambda.invoke('{"fail":true}')).toMatchObject({
      kind: 'failed',
      errorType: 'RangeError',
      message: 'too much',
    });
    expect(await lambda.invoke('{}')).toMatchObject({ kind: 'answered' });
    expect(lambda.coldStarts()).toBe(1);
  });

  test('JSON logs wrap what goes through the console and leave alone what does not', async () => {
    const lambda = await withRic(
      `exports.handler = async () => {
         console.log('{"_aws":1}');
         process.stdout.write('{"_aws":2}\\n');
       };`,
      { environment: { AWS_LAMBDA_LOG_FORMAT: 'JSON' } },
    );
    const { requestId } = await lambda.invoke('{}');
    expect(lambda.lines.map((line) => JSON.parse(line))).toEqual([
      { timestamp: expect.any(String), level: 'INFO', requestId, message: '{"_aws":1}' },
      { _aws: 2 },
    ]);
  });

  test('a failure to load is reported', async () => {
    const lambda = await withRic('require("./missing");');
    expect(await lambda.invoke('{}')).toMatchObject({
      kind: 'failed',
      errorType: 'Runtime.ImportModuleError',
    });
  });
});
