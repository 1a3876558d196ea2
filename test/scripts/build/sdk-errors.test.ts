import { expect, test } from 'vitest';
import { bundledCall } from './bundled-call.ts';
import { loopbackServer } from './loopback-server.ts';

test.each([
  { error: 'ParameterNotFound', isModelled: true, why: 'the operation lists it' },
  {
    error: 'ParameterAlreadyExists',
    isModelled: false,
    why: 'another operation lists it, it is cut',
  },
  { error: 'AccessDeniedException', isModelled: false, why: 'AWS lists it nowhere' },
])('$error keeps its name and message: $why', async ({ error, isModelled }) => {
  const url = await loopbackServer(() => ({
    status: 400,
    body: JSON.stringify({ __type: error, message: 'what happened' }),
  }));
  const environment = {
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_ENDPOINT_URL_SSM: url,
    AWS_REGION: 'eu-west-1',
  };
  expect(await bundledCall({ name: 'parameterError', environment })).toEqual({
    name: error,
    message: 'what happened',
    isModelled,
  });
});
