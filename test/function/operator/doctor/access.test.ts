import { expect, test } from 'vitest';
import type { Answer } from '../../../../function/src/core/answer.ts';
import {
  type Access,
  explainRefusal,
  principalOf,
} from '../../../../function/src/operator/doctor/access.ts';

const ROLE = 'arn:aws:iam::123456789012:role/shop';
const SESSION = 'arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Admin_0/ada@example.com';

const access = (over: Partial<Access> = {}): Access => ({
  authentication: { type: 'sigv4', service: 'es', region: 'eu-west-1' },
  callerArn: SESSION,
  functionRoleArns: [ROLE],
  ...over,
});

const refusal = (status: number, body: object | string): Answer => ({
  kind: 'answered',
  status,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

test.each([
  [SESSION, 'arn:aws:iam::123456789012:role/AWSReservedSSO_Admin_0'],
  ['arn:aws-cn:sts::123456789012:assumed-role/a/b', 'arn:aws-cn:iam::123456789012:role/a'],
  ['arn:aws:iam::123456789012:user/ada', 'arn:aws:iam::123456789012:user/ada'],
])('a policy names %s as %s', (arn, principal) => {
  expect(principalOf(arn)).toBe(principal);
});

test('the path of a role, which no session tells, can be looked up', () => {
  const { cure } = explainRefusal(refusal(403, { Message: 'not authorized to perform' }), access());
  expect(cure).toMatch(
    /\n {2}aws iam get-role --role-name AWSReservedSSO_Admin_0 --query Role\.Arn$/,
  );
});

test('the ARN that fine-grained access control has seen is the one to map', () => {
  const seen =
    'arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0';
  const reason = `no permissions for [indices:data/read/get] and User [name=${seen}, backend_roles=[${seen}]]`;
  const { finding, cure } = explainRefusal(refusal(403, { error: { reason } }), access());
  expect(finding).toContain('it lacks indices:data/read/get');
  expect(cure).toContain(`${seen} (this command) and ${ROLE} (the function)`);
  expect(cure).not.toContain('get-role');
});

test('a caller whom nobody knows is still told what the function needs', () => {
  const { cure } = explainRefusal(refusal(403, ''), access({ callerArn: undefined }));
  expect(cure).toContain(`the role of this command and ${ROLE} (the function)`);
});

test.each([
  ['User: anonymous is not authorized to perform: es:ESHttpGet', 'refuses unsigned requests'],
  ['Unauthorized', 'the user in the secret is not let in'],
])('with user and password, %s means that %s', (body, finding) => {
  const authentication = { type: 'basic', secretArn: 'arn' } as const;
  expect(explainRefusal(refusal(401, body), access({ authentication })).finding).toContain(finding);
});

test.each([
  ['SecretUnavailable', 'there is no user'],
  ['CredentialsProviderError', 'there are no credentials'],
])('%s means that %s to ask as', (error, finding) => {
  expect(explainRefusal({ kind: 'unanswered', error }, access()).finding).toContain(finding);
});
