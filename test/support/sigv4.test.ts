import { expect, test } from 'vitest';
import { type SignedRequest, signatureProblem } from './sigv4.ts';

// AWS's own: the example of its documentation, and vectors of its test suite.
const CREDENTIALS = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
};
const DATE = '20150830T123600Z';
const NOW = Date.UTC(2015, 7, 30, 12, 36);

const signed = (
  service: string,
  names: string,
  signature: string,
  parts: Partial<SignedRequest>,
): SignedRequest => ({
  method: 'GET',
  path: '/',
  body: Buffer.alloc(0),
  ...parts,
  headers: {
    host: 'example.amazonaws.com',
    'x-amz-date': DATE,
    ...parts.headers,
    authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/${service}/aws4_request, SignedHeaders=${names}, Signature=${signature}`,
  },
});

const vanilla = signed(
  'service',
  'host;x-amz-date',
  '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  {},
);

test.each([
  ['get-vanilla', 'service', vanilla],
  [
    'the example of ListUsers',
    'iam',
    signed(
      'iam',
      'content-type;host;x-amz-date',
      '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
      {
        path: '/?Action=ListUsers&Version=2010-05-08',
        headers: {
          host: 'iam.amazonaws.com',
          'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        },
      },
    ),
  ],
  [
    'get-vanilla-query-order-key-case',
    'service',
    signed(
      'service',
      'host;x-amz-date',
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
      { path: '/?Param2=value2&Param1=value1' },
    ),
  ],
])('the signature of %s is right', (_, service, request) => {
  expect(signatureProblem(request, { ...CREDENTIALS, service }, NOW)).toBeUndefined();
});

const signer = { ...CREDENTIALS, service: 'service' };

test.each([
  ['another secret', vanilla, { ...signer, secretAccessKey: 'x' }],
  ['another key', vanilla, { ...signer, accessKeyId: 'x' }],
  ['another region', vanilla, { ...signer, region: 'x' }],
  ['another service', vanilla, { ...signer, service: 'x' }],
  ['a session token that is missing', vanilla, { ...signer, sessionToken: 'x' }],
  ['another method', { ...vanilla, method: 'PUT' }, signer],
  ['another path', { ...vanilla, path: '/a' }, signer],
  ['another query', { ...vanilla, path: '/?a=b' }, signer],
  ['another body', { ...vanilla, body: Buffer.from('x') }, signer],
  ['another host', { ...vanilla, headers: { ...vanilla.headers, host: 'x' } }, signer],
  [
    'an x-amz header that is not signed',
    { ...vanilla, headers: { ...vanilla.headers, 'x-amz-a': 'x' } },
    signer,
  ],
  ['no signature', { ...vanilla, headers: {} }, signer],
])('%s is noticed', (_, request, by) => {
  expect(signatureProblem(request, by, NOW)).toBeTypeOf('string');
});

test('an old signature is noticed', () => {
  expect(signatureProblem(vanilla, signer, NOW + 6 * 60_000)).toBe(`signed at ${DATE}`);
});
