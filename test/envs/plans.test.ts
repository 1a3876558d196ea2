import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AwsAccount, createTable, openAccount } from '../support/aws-account.ts';
import { type Planned, plannedIn } from '../support/planned.ts';
import { openWorkspace } from '../support/terraform.ts';
import type { MachineRun } from '../support/terraform-messages.ts';

const STATE_BUCKET = 'terraform-state';

let account: AwsAccount;

beforeAll(async () => {
  account = await openAccount();
  await account.createBucket(STATE_BUCKET);
  await account.createDomain(
    'shop',
    'search-shop-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com',
  );
  for (const name of ['Orders', 'Users']) {
    await createTable(account.url, { name, keys: [{ name: 'id', type: 'S' }] });
  }
});

afterAll(() => account.stop());

const EXPECTED = [
  { environment: 'dev', logLevel: 'DEBUG', retention: 7, alarms: 0, forceDestroy: true },
  { environment: 'qa', logLevel: 'INFO', retention: 30, alarms: 16, forceDestroy: true },
  { environment: 'prod', logLevel: 'INFO', retention: 90, alarms: 16, forceDestroy: false },
] as const;

describe.each(EXPECTED)('$environment, with terraform.tfvars as the example has it', (expected) => {
  const { environment } = expected;
  let plan: MachineRun;
  let planned: Planned;

  beforeAll(async () => {
    const path = `envs/${environment}`;
    const example = join(import.meta.dirname, '../..', path, 'terraform.tfvars.example');
    const workspace = await openWorkspace({
      path,
      files: { 'terraform.tfvars': readFileSync(example, 'utf8') },
      environment: { AWS_ENDPOINT_URL: account.url },
    });
    await workspace.init(`-backend-config=bucket=${STATE_BUCKET}`);
    plan = await workspace.plan();
    planned = plannedIn(await workspace.show());
  });

  test('can be planned, without an error or a warning', () => {
    expect(plan.problems, plan.text).toEqual([]);
  });

  test('has alarms, log level, retention and protection of its own', () => {
    const alarms = plan.changes.filter((change) => change.includes('aws_cloudwatch_metric_alarm'));
    expect(alarms).toHaveLength(expected.alarms);
    expect(planned('module.sync.aws_lambda_function.this')).toMatchObject({
      function_name: `shop-${environment}-sync`,
      logging_config: [{ application_log_level: expected.logLevel }],
      tags_all: { application: 'dynamodb-to-opensearch', environment },
    });
    const logs = planned('module.sync.aws_cloudwatch_log_group.function');
    expect(logs).toMatchObject({ retention_in_days: expected.retention });
    const bucket = planned('module.sync.aws_s3_bucket.dead_letter');
    expect(bucket).toMatchObject({ force_destroy: expected.forceDestroy });
  });
});
