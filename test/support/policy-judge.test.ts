import { expect, test } from 'vitest';
import { isAllowed, type Statement } from './policy-judge.ts';

const policy: readonly Statement[] = [
  { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::letters/rejected/*' },
  {
    Effect: 'Allow',
    Action: 'kms:Decrypt',
    Resource: 'arn:aws:kms:eu-west-1:123456789012:key/one',
    Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
  },
];

const put = (key: string) => ({ action: 's3:PutObject', resource: `arn:aws:s3:::letters/${key}` });

const decrypt = (context: { readonly [key: string]: string }) => ({
  action: 'kms:Decrypt',
  resource: 'arn:aws:kms:eu-west-1:123456789012:key/one',
  context,
});

test('a call is allowed by action, resource and condition together', async () => {
  expect(await isAllowed(policy, put('rejected/a'))).toBe(true);
  expect(await isAllowed(policy, put('config/a'))).toBe(false);
  expect(await isAllowed(policy, { ...put('rejected/a'), action: 's3:GetObject' })).toBe(false);
  const services = ['s3', 'ssm'].map((name) => `${name}.eu-west-1.amazonaws.com`);
  const answers = services.map((name) => isAllowed(policy, decrypt({ 'kms:ViaService': name })));
  expect(await Promise.all(answers)).toEqual([true, false]);
  expect(await isAllowed(policy, decrypt({}))).toBe(false);
});

test.each([
  ['action', { ...put('a'), action: 's3:PutObjekt' }],
  ['resource', { ...put('a'), resource: 'arn:aws:sqs:eu-west-1:123456789012:letters' }],
  ['condition key', decrypt({ 'kms:ViaServise': 's3.eu-west-1.amazonaws.com' })],
])('a call whose %s AWS does not have is an error, not a denial', async (_what, call) => {
  await expect(isAllowed(policy, call)).rejects.toThrow(call.action);
});
