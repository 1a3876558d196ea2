import { ListDashboardsCommand, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { paginateListPolicies, paginateListRoles } from '@aws-sdk/client-iam';
import { paginateListEventSourceMappings, paginateListFunctions } from '@aws-sdk/client-lambda';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { paginateDescribeParameters } from '@aws-sdk/client-ssm';
import type { AwsAccount } from '../../support/aws-account.ts';

type Remains = readonly [kind: string, name: string | undefined];

/** Kind and name of whatever there is in an account, of the nine kinds that the module creates. */
export const remainsOf = async (account: AwsAccount): Promise<readonly Remains[]> => {
  const { cloudWatch, iam, lambda, logs, s3, ssm } = account;
  const found: Remains[] = [];
  const note = (kind: string, names: readonly (string | undefined)[] | undefined) =>
    void found.push(...(names ?? []).map((name): Remains => [kind, name]));
  for await (const page of paginateListFunctions({ client: lambda }, {}))
    note(
      'function',
      page.Functions?.map(({ FunctionName }) => FunctionName),
    );
  for await (const page of paginateListEventSourceMappings({ client: lambda }, {}))
    note(
      'mapping',
      page.EventSourceMappings?.map(({ EventSourceArn }) => EventSourceArn),
    );
  for await (const page of paginateListRoles({ client: iam }, {}))
    note(
      'role',
      page.Roles?.map(({ RoleName }) => RoleName),
    );
  for await (const page of paginateListPolicies({ client: iam }, { Scope: 'Local' }))
    note(
      'policy',
      page.Policies?.map(({ PolicyName }) => PolicyName),
    );
  for await (const page of paginateDescribeParameters({ client: ssm }, {}))
    note(
      'parameter',
      page.Parameters?.map(({ Name }) => Name),
    );
  for await (const page of paginateDescribeAlarms({ client: cloudWatch }, {}))
    note(
      'alarm',
      page.MetricAlarms?.map(({ AlarmName }) => AlarmName),
    );
  for await (const page of paginateDescribeLogGroups({ client: logs }, {}))
    note(
      'log group',
      page.logGroups?.map(({ logGroupName }) => logGroupName),
    );
  const { DashboardEntries: dashboards } = await cloudWatch.send(new ListDashboardsCommand({}));
  note(
    'dashboard',
    dashboards?.map(({ DashboardName }) => DashboardName),
  );
  const { Buckets: buckets } = await s3.send(new ListBucketsCommand({}));
  note(
    'bucket',
    buckets?.map(({ Name }) => Name),
  );
  return found;
};
