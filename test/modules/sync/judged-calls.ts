import { ACCOUNT, REGION } from '../../support/aws-account.ts';
import type { AwsCall } from '../../support/policy-judge.ts';

/** What a role's policy is judged with. */
export type Followed = {
  readonly name: string;
  readonly streamArns: readonly string[];
  /** Of the parameter and the bucket. */
  readonly keyArn: string | undefined;
  /** Of a table. */
  readonly tableKeyArn: string | undefined;
  readonly isTracedInNetwork: boolean;
};

const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;

const bucketArn = ({ name }: Followed): string => `arn:aws:s3:::${name}-${ACCOUNT}-${REGION}`;

const functionArn = ({ name }: Followed): string => arn('lambda', `function:${name}-sync`);

const logStreamArn = (name: string): string =>
  arn('logs', `log-group:/aws/lambda/${name}:log-stream:2026/01/01/[$LATEST]0123456789abcdef`);

const via = (service: string) => ({ 'kms:ViaService': `${service}.${REGION}.amazonaws.com` });

const each = (actions: readonly string[], resource: string): readonly AwsCall[] =>
  actions.map((action) => ({ action, resource }));

/** What S3, SSM, Secrets Manager and DynamoDB ask KMS for, in the caller's name, to serve these calls. */
export const keyCallsOf = (
  calls: readonly AwsCall[],
  { keyArn, tableKeyArn }: Followed,
): readonly AwsCall[] =>
  calls.flatMap(({ action }) => {
    const [service = ''] = action.split(':');
    const resource = service === 'dynamodb' ? tableKeyArn : keyArn;
    if (!['dynamodb', 's3', 'secretsmanager', 'ssm'].includes(service)) return [];
    if (resource === undefined || action === 's3:ListBucket') return [];
    const kms = action === 's3:PutObject' ? 'kms:GenerateDataKey' : 'kms:Decrypt';
    return [{ action: kms, resource, context: via(service) }];
  });

/**
 * What Lambda does with the function's role, by its documentation:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb.html, …/configuration-vpc.html, …/services-xray.html
 */
export const callsOfLambda = (followed: Followed): readonly AwsCall[] => [
  ...followed.streamArns.flatMap((stream) =>
    each(['dynamodb:DescribeStream', 'dynamodb:GetShardIterator', 'dynamodb:GetRecords'], stream),
  ),
  { action: 'dynamodb:ListStreams', resource: '*' },
  { action: 's3:PutObject', resource: `${bucketArn(followed)}/aws/lambda/uuid/shard/2026/01/01/x` },
  { action: 's3:ListBucket', resource: bucketArn(followed) },
  ...each(['logs:CreateLogStream', 'logs:PutLogEvents'], logStreamArn(`${followed.name}-sync`)),
  ...(followed.isTracedInNetwork ? [...TRACE_CALLS, ...NETWORK_CALLS] : []),
];

const TRACE_CALLS = each(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*');

const INTERFACE = arn('ec2', 'network-interface/eni-1');

const NETWORK_CALLS: readonly AwsCall[] = [
  ...each(['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'], '*'),
  ...[INTERFACE, arn('ec2', 'subnet/subnet-1'), arn('ec2', 'security-group/sg-1')].map(
    (resource) => ({ action: 'ec2:CreateNetworkInterface', resource }),
  ),
  ...each(
    [
      'ec2:AssignPrivateIpAddresses',
      'ec2:DeleteNetworkInterface',
      'ec2:UnassignPrivateIpAddresses',
    ],
    INTERFACE,
  ),
];

/** What the function must not be able to do, however its code is abused. */
export const forbiddenCalls = (followed: Followed, openSearchArn: string): readonly AwsCall[] => [
  ...each(
    ['BatchGetItem', 'GetItem', 'PutItem', 'Query', 'Scan'].map((name) => `dynamodb:${name}`),
    arn('dynamodb', 'table/Others'),
  ),
  ...each(
    ['DeleteItem', 'DeleteTable', 'PutItem', 'Scan', 'UpdateItem', 'UpdateTable'].map(
      (name) => `dynamodb:${name}`,
    ),
    arn('dynamodb', 'table/Roles_Items'),
  ),
  { action: 'dynamodb:GetRecords', resource: arn('dynamodb', 'table/Others/stream/2026') },
  ...forbiddenInOpenSearch(openSearchArn),
  ...each(['s3:DeleteObject', 's3:GetObject'], `${bucketArn(followed)}/rejected/letter`),
  ...each(
    ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutObject'],
    `${bucketArn(followed)}/config/configuration.json`,
  ),
  { action: 's3:PutObject', resource: `${bucketArn(followed)}/elsewhere` },
  ...each(['s3:DeleteBucket', 's3:PutBucketPolicy'], bucketArn(followed)),
  ...each(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::another-bucket/rejected/letter'),
  { action: 'ssm:GetParameter', resource: arn('ssm', 'parameter/another') },
  {
    action: 'ssm:PutParameter',
    resource: arn('ssm', `parameter/${followed.name}-configuration`),
  },
  {
    action: 'secretsmanager:GetSecretValue',
    resource: arn('secretsmanager', 'secret:other-123456'),
  },
  {
    action: 'logs:CreateLogGroup',
    resource: arn('logs', `log-group:/aws/lambda/${followed.name}-sync`),
  },
  { action: 'logs:PutLogEvents', resource: logStreamArn('another') },
  { action: 'lambda:UpdateFunctionCode', resource: functionArn(followed) },
  { action: 'iam:PassRole', resource: `arn:aws:iam::${ACCOUNT}:role/another` },
  { action: 'sts:AssumeRole', resource: `arn:aws:iam::${ACCOUNT}:role/another` },
  { action: 'ec2:TerminateInstances', resource: arn('ec2', 'instance/i-1') },
  // The role lets Lambda connect to the network, and the code itself not.
  ...NETWORK_CALLS.map((call) => ({
    ...call,
    context: { 'lambda:SourceFunctionArn': functionArn(followed) },
  })),
  ...[followed.keyArn ?? arn('kms', 'key/one')].flatMap((key) => [
    { action: 'kms:Decrypt', resource: key },
    { action: 'kms:Decrypt', resource: key, context: via('lambda') },
    { action: 'kms:GenerateDataKey', resource: key },
    { action: 'kms:Decrypt', resource: arn('kms', 'key/another'), context: via('s3') },
    { action: 'kms:ScheduleKeyDeletion', resource: key },
  ]),
];

const forbiddenInOpenSearch = (openSearchArn: string): readonly AwsCall[] => {
  if (openSearchArn.includes(':aoss:')) {
    return each(['aoss:APIAccessAll'], openSearchArn.replace(/[^/]+$/, 'another'));
  }
  return [
    ['Post', '/_bulk'],
    ['Post', '/others/_bulk'],
    ['Post', '/roles_items/_delete_by_query'],
    ['Get', '/roles_items/_search'],
    ['Delete', '/roles_items'],
    ['Put', '/roles_items/_settings'],
    ['Put', '/others'],
    ['Put', '/_index_template/others'],
    ['Put', '/_cluster/settings'],
    ['Head', '/others'],
  ].map(([verb, path]) => ({ action: `es:ESHttp${verb}`, resource: openSearchArn + path }));
};
