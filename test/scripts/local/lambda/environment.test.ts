import { expect, test } from 'vitest';
import { temporaryFunction } from './temporary-function.ts';

const environmentOf = async (environment: Readonly<Record<string, string>>) => {
  const lambda = await temporaryFunction('exports.handler = async () => process.env;', {
    environment,
    functionName: 'orders-sync',
    memoryMegabytes: 256,
  });
  const result = await lambda.invoke('{}');
  return JSON.parse(result.kind === 'answered' ? result.payload : '{}');
};

test("a function sees Lambda's variables and its own, and nothing of the parent's", async () => {
  process.env['SECRET_OF_THE_PARENT'] = 'visible';
  const environment = await environmentOf({ CONFIG_PARAMETER: '/orders' });
  expect(environment).toMatchObject({
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
    AWS_LAMBDA_FUNCTION_NAME: 'orders-sync',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_LOG_FORMAT: 'Text',
    AWS_REGION: 'eu-west-1',
    CONFIG_PARAMETER: '/orders',
    TZ: ':UTC',
    _HANDLER: 'index.handler',
  });
  const parents = Object.keys(environment).filter((name) => !/^(AWS_|LAMBDA_|_)/.test(name));
  expect(parents.sort()).toEqual(['CONFIG_PARAMETER', 'LANG', 'PATH', 'TZ']);
});

test('region, credentials and log format are the caller’s to set, reserved names are not', async () => {
  const environment = await environmentOf({
    AWS_ACCESS_KEY_ID: 'mine',
    AWS_LAMBDA_FUNCTION_NAME: 'other',
    AWS_LAMBDA_LOG_FORMAT: 'JSON',
    AWS_REGION: 'us-east-1',
  });
  expect(environment).toMatchObject({
    AWS_ACCESS_KEY_ID: 'mine',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_LAMBDA_FUNCTION_NAME: 'orders-sync',
    AWS_LAMBDA_LOG_FORMAT: 'JSON',
    AWS_REGION: 'us-east-1',
  });
});
