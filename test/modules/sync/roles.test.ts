import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mappingsOf } from '../../support/deployed-function.ts';
import type { AwsCall, Statement } from '../../support/policy-judge.ts';
import { statementsOf } from '../../support/role-statements.ts';
import { allowedAmong, deniedAmong, distinct, idleAmong } from '../least-privilege.ts';
import { callsOfFunction } from './calls-of-function.ts';
import { callsOfLambda, type Followed, forbiddenCalls, keyCallsOf } from './judged-calls.ts';
import {
  deployThreeFunctions,
  KEY_ARN,
  TABLE_KEY_ARN,
  type ThreeFunctions,
} from './three-functions.ts';

let deployed: ThreeFunctions;

beforeAll(async () => {
  deployed = await deployThreeFunctions();
});
afterAll(() => deployed?.stop());

const DOMAIN_ARN = 'arn:aws:es:eu-west-1:123456789012:domain/roles';
const COLLECTION_ARN = 'arn:aws:aoss:eu-west-1:123456789012:collection/abcdefghij1234567890';

// One after the other: they write at the same address, where it is recorded.
describe.each([
  { name: 'roles-signed', index: 'roles_items', openSearchArn: DOMAIN_ARN, keyArn: KEY_ARN },
  { name: 'roles-password', index: 'roles_password', openSearchArn: undefined, keyArn: KEY_ARN },
  { name: 'roles-serverless', index: 'roles_serverless', openSearchArn: COLLECTION_ARN },
])('the role of $name', ({ name, index, openSearchArn, keyArn }) => {
  let statements: readonly Statement[];
  let needed: readonly AwsCall[];
  let forbidden: readonly AwsCall[];

  beforeAll(async () => {
    const functionArn = `arn:aws:lambda:eu-west-1:123456789012:function:${name}-sync`;
    const mappings = await mappingsOf(functionArn, deployed.account);
    const followed: Followed = {
      name,
      streamArns: mappings.map(({ EventSourceArn: arn }) => arn ?? ''),
      keyArn,
      tableKeyArn: TABLE_KEY_ARN,
      isTracedInNetwork: name === 'roles-signed',
    };
    const watched = { functionName: `${name}-sync`, index, openSearchArn };
    const calls = [...(await callsOfFunction(watched, deployed)), ...callsOfLambda(followed)];
    needed = distinct([...calls, ...keyCallsOf(calls, followed)]);
    forbidden = forbiddenCalls(followed, openSearchArn ?? DOMAIN_ARN);
    statements = await statementsOf(`${name}-eu-west-1`, deployed.account);
  });

  test('allows whatever the function was seen doing, and what Lambda does for it', async () => {
    expect(await deniedAmong(needed, statements)).toEqual([]);
  });

  test('allows nothing of what it must not', async () => {
    expect(await allowedAmong(forbidden, statements)).toEqual([]);
  });

  test('has no statement, and no action or resource in one, that could be left out', async () => {
    expect(await idleAmong(statements, [...needed, ...forbidden])).toEqual([]);
  }, 60_000);
});
