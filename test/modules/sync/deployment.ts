import { readFileSync } from 'node:fs';
import { DescribeAlarmsCommand, GetDashboardCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetRoleCommand } from '@aws-sdk/client-iam';
import { GetFunctionCommand } from '@aws-sdk/client-lambda';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { FUNCTION_ARCHIVE } from '../../../scripts/local/lambda/function-archive.ts';
import { mappingsOf, tableOf } from '../../support/deployed-function.ts';
import type { Production } from '../../support/production.ts';
import { readObject } from './bucket.ts';

/** The names of the two tables that are followed. */
export type Tables = { readonly orders: string; readonly users: string };

const FUNCTION_ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:shop-prod-sync';

/** Tests that read back, through the AWS SDK, what terraform says it has applied. */
export const testsOfTheDeployment = (production: () => Production, tables: Tables): void => {
  test('each table has its event source mapping, field by field', async () => {
    const mappings = await mappingsOf(FUNCTION_ARN, production().account);
    const usual = {
      FunctionArn: FUNCTION_ARN,
      StartingPosition: 'TRIM_HORIZON',
      State: 'Enabled',
      BatchSize: 500,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRecordAgeInSeconds: 82_800,
      MaximumRetryAttempts: -1,
      ParallelizationFactor: 1,
      DestinationConfig: {
        OnFailure: { Destination: 'arn:aws:s3:::shop-prod-123456789012-eu-west-1' },
      },
      MetricsConfig: { Metrics: ['EventCount'] },
    };
    expect(Object.fromEntries(mappings.map((mapping) => [tableOf(mapping), mapping]))).toEqual({
      [tables.orders]: expect.objectContaining(usual),
      [tables.users]: expect.objectContaining({
        ...usual,
        BatchSize: 100,
        MaximumBatchingWindowInSeconds: 1,
      }),
    });
  });

  test('the function is the built archive, told where its configuration is', async () => {
    const { Configuration: configuration, Code: code } = await production().account.lambda.send(
      new GetFunctionCommand({ FunctionName: FUNCTION_ARN }),
    );
    expect(configuration).toMatchObject({
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Architectures: ['arm64'],
      MemorySize: 512,
      Timeout: 60,
      Role: 'arn:aws:iam::123456789012:role/shop-prod-eu-west-1',
      Environment: {
        Variables: { CONFIG_PARAMETER: 'shop-prod-configuration:1', LOG_LEVEL: 'INFO' },
      },
      LoggingConfig: {
        LogFormat: 'JSON',
        ApplicationLogLevel: 'INFO',
        SystemLogLevel: 'WARN',
        LogGroup: '/aws/lambda/shop-prod-sync',
      },
      TracingConfig: { Mode: 'PassThrough' },
    });
    const deployed = await (await fetch(code?.Location ?? '')).bytes();
    expect(Buffer.from(deployed).equals(readFileSync(FUNCTION_ARCHIVE))).toBe(true);
  });

  test('the role is the function’s alone to assume', async () => {
    const { Role: role } = await production().account.iam.send(
      new GetRoleCommand({ RoleName: 'shop-prod-eu-west-1' }),
    );
    expect(JSON.parse(decodeURIComponent(role?.AssumeRolePolicyDocument ?? ''))).toMatchObject({
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: 'lambda.amazonaws.com' },
        },
      ],
    });
  });

  test('the parameter holds the configuration, encrypted, and the bucket a copy of it', async () => {
    const { ssm, s3 } = production().account;
    const { Parameter: parameter } = await ssm.send(
      new GetParameterCommand({ Name: 'shop-prod-configuration', WithDecryption: true }),
    );
    expect(parameter).toMatchObject({ Type: 'SecureString', Version: 1 });
    expect(await readObject(s3, 'config/configuration.json')).toBe(parameter?.Value);
    expect(JSON.parse(parameter?.Value ?? '')).toEqual({
      endpoint: `https://${production().domain.endpoint}`,
      auth: { type: 'sigv4', service: 'es', region: 'eu-west-1' },
      refresh: 'auto',
      dead_letter: { bucket: 'shop-prod-123456789012-eu-west-1', prefix: 'rejected/' },
      tables: {
        [tables.orders]: {
          index: tables.orders.toLowerCase(),
          keys: [
            { name: 'customer', type: 'S' },
            { name: 'order', type: 'N' },
          ],
          profile: 'exact',
        },
        [tables.users]: {
          index: 'production_people',
          keys: [{ name: 'id', type: 'B' }],
          profile: 'exact',
          exclude: ['password_hash'],
        },
      },
    });
  });

  test('there is an alarm of each kind, and it tells whom it should', async () => {
    const { MetricAlarms: alarms = [] } = await production().account.cloudWatch.send(
      new DescribeAlarmsCommand({}),
    );
    const ofTables = [
      ...['dead-letters', 'freshness', 'records-lost', 'retries', 'stopped'],
      'differences', // of modules/operations, like failed-runs
    ];
    const names = [
      ...['errors', 'failed-runs', 'iterator-age', 'throttles'],
      ...ofTables.flatMap((kind) => Object.values(tables).map((table) => `${kind}-${table}`)),
    ];
    expect(alarms.map(({ AlarmName: name }) => name).toSorted()).toEqual(
      names.map((name) => `shop-prod-${name}`).toSorted(),
    );
    const onCall = ['arn:aws:sns:eu-west-1:123456789012:on-call'];
    for (const alarm of alarms) {
      const isCounter = /-(dead-letters-|failed-runs|records-lost-)/.test(alarm.AlarmName ?? '');
      const isOver = isCounter ? [] : onCall; // quiet settles none of these
      expect(alarm).toMatchObject({ AlarmActions: onCall, OKActions: isOver });
      const isHeld = alarm.AlarmName?.includes('-differences-'); // between two verifications
      expect(alarm.TreatMissingData).toBe(isHeld ? 'ignore' : 'notBreaching');
    }
  });

  test('the log is kept for a while, and the dashboard can be drawn', async () => {
    const { logs, cloudWatch } = production().account;
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({}));
    expect(logGroups).toEqual(
      ['operations', 'sync'].map((name) =>
        expect.objectContaining({
          logGroupName: `/aws/lambda/shop-prod-${name}`,
          retentionInDays: 90,
        }),
      ),
    );
    const { DashboardBody: body } = await cloudWatch.send(
      new GetDashboardCommand({ DashboardName: 'shop-prod-eu-west-1' }),
    );
    expect(JSON.parse(body ?? '').widgets.length).toBeGreaterThan(0);
  });
};
