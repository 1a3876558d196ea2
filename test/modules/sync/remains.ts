import { paginateDescribeAlarms, paginateListDashboards } from '@aws-sdk/client-cloudwatch';
import { paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { paginateListPolicies, paginateListRoles } from '@aws-sdk/client-iam';
import { paginateListEventSourceMappings, paginateListFunctions } from '@aws-sdk/client-lambda';
import { paginateListBuckets } from '@aws-sdk/client-s3';
import { ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { paginateListStateMachines } from '@aws-sdk/client-sfn';
import { paginateDescribeParameters } from '@aws-sdk/client-ssm';
import type { AwsAccount } from '../../support/aws-account.ts';
import { clientSettings } from '../../support/client-settings.ts';

type Remains = readonly [kind: string, name: string | undefined];

/** Kind and name of whatever there is in an account, of the kinds that the module creates. */
export const remainsOf = async (account: AwsAccount): Promise<readonly Remains[]> => {
  const remains = KINDS.map(async ([kind, list]) =>
    (await list(account)).map((name): Remains => [kind, name]),
  );
  return (await Promise.all(remains)).flat();
};

type Names = readonly (string | undefined)[];

type Kind = readonly [name: string, list: (account: AwsAccount) => Promise<Names>];

/** The kinds of what the module creates. */
export const KINDS: readonly Kind[] = [
  kind(
    'function',
    ({ lambda: client }) => paginateListFunctions({ client }, {}),
    ({ Functions: all }) => all?.map(({ FunctionName: name }) => name),
  ),
  kind(
    'mapping',
    ({ lambda: client }) => paginateListEventSourceMappings({ client }, {}),
    ({ EventSourceMappings: all }) => all?.map(({ EventSourceArn: name }) => name),
  ),
  kind(
    'role',
    ({ iam: client }) => paginateListRoles({ client }, {}),
    ({ Roles: all }) => all?.map(({ RoleName: name }) => name),
  ),
  kind(
    'policy',
    ({ iam: client }) => paginateListPolicies({ client }, { Scope: 'Local' }),
    ({ Policies: all }) => all?.map(({ PolicyName: name }) => name),
  ),
  kind(
    'parameter',
    ({ ssm: client }) => paginateDescribeParameters({ client }, {}),
    ({ Parameters: all }) => all?.map(({ Name: name }) => name),
  ),
  kind(
    'alarm',
    ({ cloudWatch: client }) => paginateDescribeAlarms({ client }, {}),
    ({ MetricAlarms: all }) => all?.map(({ AlarmName: name }) => name),
  ),
  kind(
    'dashboard',
    ({ cloudWatch: client }) => paginateListDashboards({ client }, {}),
    ({ DashboardEntries: all }) => all?.map(({ DashboardName: name }) => name),
  ),
  kind(
    'log group',
    ({ logs: client }) => paginateDescribeLogGroups({ client }, {}),
    ({ logGroups: all }) => all?.map(({ logGroupName: name }) => name),
  ),
  kind(
    'state machine',
    ({ stepFunctions: client }) => paginateListStateMachines({ client }, {}),
    ({ stateMachines: all }) => all?.map(({ name }) => name),
  ),
  [
    'schedule',
    async ({ url }) => {
      const { Schedules: all } = await new SchedulerClient(clientSettings(url)).send(
        new ListSchedulesCommand({}),
      );
      return all?.map(({ Name: name }) => name) ?? [];
    },
  ],
  kind(
    'bucket',
    ({ s3: client }) => paginateListBuckets({ client }, {}),
    ({ Buckets: all }) => all?.map(({ Name: name }) => name),
  ),
];

function kind<Page>(
  name: string,
  pages: (account: AwsAccount) => AsyncIterable<Page>,
  namesIn: (page: Page) => Names | undefined,
): Kind {
  const list = async (account: AwsAccount): Promise<Names> => {
    const names: Names[] = [];
    for await (const page of pages(account)) names.push(namesIn(page) ?? []);
    return names.flat();
  };
  return [name, list];
}
