import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AwsAccount, createTable, openAccount } from '../../support/aws-account.ts';
import type { AwsCall, Statement } from '../../support/policy-judge.ts';
import { statementsOf } from '../../support/role-statements.ts';
import { openWorkspace } from '../../support/terraform.ts';
import { allowedAmong, deniedAmong, distinct, idleAmong } from '../least-privilege.ts';
import {
  callsOfFunction,
  callsOfSchedule,
  callsOfStateMachine,
  forbiddenToFunction,
  forbiddenToSchedule,
  forbiddenToStateMachine,
  type Operating,
  TABLE_KEY_ARN,
} from './judged-calls.ts';

const KEY_ARN = 'arn:aws:kms:eu-west-1:123456789012:key/11111111-1111-1111-1111-111111111111';

const OPERATING: readonly Operating[] = [
  {
    name: 'ops-signed',
    index: 'roles_items',
    reaches: 'domain',
    keyArn: KEY_ARN,
    isOverflowing: true,
    isInNetwork: true,
  },
  { name: 'ops-password', index: 'roles_password', reaches: 'password', keyArn: KEY_ARN },
  { name: 'ops-serverless', index: 'roles_serverless', reaches: 'collection' },
];

let account: AwsAccount;

// Roles and policies are all that is needed of the modules.
const TARGETS = ['signed', 'password', 'serverless'].flatMap((name) =>
  [
    'aws_iam_role_policy_attachment.tables',
    'aws_iam_role_policy.function',
    'aws_iam_role_policy.schedule',
    'aws_iam_role_policy.state_machine',
  ].map((resource) => `-target=module.${name}.${resource}`),
);

beforeAll(async () => {
  account = await openAccount();
  await createTable(account.url, {
    name: 'Roles_Items',
    keys: [{ name: 'id', type: 'S' }],
    keyArn: TABLE_KEY_ARN,
  });
  const workspace = await openWorkspace({
    path: 'three-operations',
    environment: { AWS_ENDPOINT_URL: account.url },
    files: {
      'main.tf': readFileSync(join(import.meta.dirname, 'three-operations.tf'), 'utf8'),
    },
  });
  await workspace.init();
  const { exitCode, text } = await workspace.apply(...TARGETS);
  if (exitCode !== 0) throw new Error(text);
});

afterAll(() => account?.stop());

const judge = (
  role: (operating: Operating) => string,
  needed: (operating: Operating) => readonly AwsCall[],
  forbidden: (operating: Operating) => readonly AwsCall[],
): void => {
  describe.each(OPERATING)('of $name', (operating) => {
    let statements: readonly Statement[];

    beforeAll(async () => {
      statements = await statementsOf(role(operating), account);
    });

    test('allows whatever is asked in its name', async () => {
      expect(await deniedAmong(needed(operating), statements)).toEqual([]);
    });

    test('allows nothing of what it must not', async () => {
      expect(await allowedAmong(forbidden(operating), statements)).toEqual([]);
    });

    test('has no statement, and no action or resource in one, that could be left out', async () => {
      const calls = distinct([...needed(operating), ...forbidden(operating)]);
      expect(await idleAmong(statements, calls)).toEqual([]);
    }, 60_000);
  });
};

describe('the role of the function', () => {
  judge(({ name }) => `${name}-eu-west-1-operations`, callsOfFunction, forbiddenToFunction);
});

describe('the role of the state machine', () => {
  judge(
    ({ name }) => `${name}-eu-west-1-state-machine`,
    callsOfStateMachine,
    forbiddenToStateMachine,
  );
});

describe('the role of the schedule', () => {
  judge(({ name }) => `${name}-eu-west-1-schedule`, callsOfSchedule, forbiddenToSchedule);
});
