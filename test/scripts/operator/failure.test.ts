import { expect, test } from 'vitest';
import { ServiceError } from '../../../function/src/aws/service-error.ts';
import { failureText } from '../../../scripts/operator/failure.ts';

const named = (name: string, message = 'no'): Error => Object.assign(new Error(message), { name });

const said = (error: unknown): string => failureText(error, { isDebug: false, profile: undefined });

test('an error of ours speaks for itself', () => {
  expect(said(new Error('The configuration has no table orders.'))).toBe(
    'The configuration has no table orders.',
  );
  expect(said('thrown')).toBe('thrown');
});

test.each([
  ['ExpiredToken', /^The AWS credentials have expired: sign in again/],
  ['ExpiredTokenException', /^The AWS credentials have expired: sign in again/],
  ['TokenProviderError', /^The AWS credentials have expired: sign in again/],
  ['UnrecognizedClientException', /^AWS does not know this access key.*--profile/],
  ['InvalidClientTokenId', /^AWS does not know this access key.*--profile/],
  ['InvalidAccessKeyId', /^AWS does not know this access key.*--profile/],
  ['SignatureDoesNotMatch', /^AWS does not accept the signature.*--profile/],
  ['InvalidSignatureException', /^no\. Look at this machine's clock/],
  ['RequestTimeTooSkewed', /^no\. Look at this machine's clock/],
  ['AccessDenied', /^Systems Manager did not .* p: AccessDenied: no\. Have it allowed/],
  ['AccessDeniedException', /^Systems Manager did not .*: no\. Have it allowed/],
])('%s is explained, however deep it lies', (name, text) => {
  const cause = new ServiceError('Systems Manager', 'return the parameter p', named(name));
  expect(said(new Error('outer', { cause }))).toMatch(text);
});

test('a parameter that is not there is named, with where it was looked for and how to list those that are', () => {
  const cause = new ServiceError(
    'Systems Manager',
    'return the parameter shop-prd-configuration',
    named('ParameterNotFound', ''),
  );
  const text = failureText(cause, { isDebug: false, profile: undefined, region: 'eu-west-1' });
  expect(text).toMatch(
    /^There is no SSM parameter shop-prd-configuration in eu-west-1 and this account\. .*parameter_name/,
  );
  expect(text).toMatch(/\n {2}aws ssm describe-parameters /);
});
