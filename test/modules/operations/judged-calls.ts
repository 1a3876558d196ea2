import { ACCOUNT, REGION } from '../../support/aws-account.ts';
import type { AwsCall } from '../../support/policy-judge.ts';

/** What the policies of a module `operations` are judged with. */
export type Operating = {
  /** Of its module `sync`. */
  readonly name: string;
  readonly index: string;
  readonly reaches: 'domain' | 'collection' | 'password';
  /** Of the parameter and the bucket. */
  readonly keyArn?: string;
  /** Of a configuration that lies in the bucket. */
  readonly isOverflowing?: boolean;
  readonly isInNetwork?: boolean;
};

/** KMS key of the table. */
export const TABLE_KEY_ARN = `arn:aws:kms:${REGION}:${ACCOUNT}:key/22222222-2222-2222-2222-222222222222`;

const DOMAIN_ARN = `arn:aws:es:${REGION}:${ACCOUNT}:domain/roles`;
const COLLECTION_ARN = `arn:aws:aoss:${REGION}:${ACCOUNT}:collection/abcdefghij1234567890`;
const SECRET_ARN = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:roles-abcdef`;

const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;

const table = (name: string): string => arn('dynamodb', `table/${name}`);

const bucketArn = ({ name }: Operating): string => `arn:aws:s3:::${name}-${ACCOUNT}-${REGION}`;

const functionArn = ({ name }: Operating): string => arn('lambda', `function:${name}-operations`);

const stateMachineArn = ({ name }: Operating): string =>
  arn('states', `stateMachine:${name}-operations`);

const executionArn = ({ name }: Operating, part: string): string =>
  arn('states', `execution:${name}-operations${part}:run`);

const logStreamArn = (name: string): string =>
  arn('logs', `log-group:/aws/lambda/${name}:log-stream:2026/01/01/[$LATEST]0123456789abcdef`);

const each = (prefix: string, names: readonly string[], resource: string): readonly AwsCall[] =>
  names.map((name) => ({ action: `${prefix}:${name}`, resource }));

const via = (keyArn: string | undefined, service: string, actions: readonly string[]) =>
  keyArn === undefined
    ? []
    : actions.map((action) => ({
        action: `kms:${action}`,
        resource: keyArn,
        context: { 'kms:ViaService': `${service}.${REGION}.amazonaws.com` },
      }));

/** What the function asks of AWS and OpenSearch, in all that it does, and what Lambda asks in its name. */
export const callsOfFunction = (operating: Operating): readonly AwsCall[] => {
  const { name, keyArn, isOverflowing = false } = operating;
  const bucket = bucketArn(operating);
  return [
    ...each('logs', ['CreateLogStream', 'PutLogEvents'], logStreamArn(`${name}-operations`)),
    { action: 'ssm:GetParameter', resource: arn('ssm', `parameter/${name}-configuration`) },
    ...each('dynamodb', ['BatchGetItem', 'DescribeTable', 'Scan'], table('Roles_Items')),
    ...via(TABLE_KEY_ARN, 'dynamodb', ['Decrypt']),
    ...each('s3', ['GetObject', 'PutObject'], `${bucket}/operations/run/run.json`),
    ...each('s3', ['DeleteObject', 'GetObject', 'PutObject'], `${bucket}/rejected/letter.ndjson`),
    ...each('s3', ['DeleteObject', 'GetObject'], `${bucket}/aws/lambda/letter`),
    ...each('s3', isOverflowing ? ['GetObjectVersion'] : [], `${bucket}/config/configuration.json`),
    { action: 's3:ListBucket', resource: bucket },
    { action: 'lambda:ListEventSourceMappings', resource: '*' },
    { action: 'lambda:GetFunctionConfiguration', resource: arn('lambda', 'function:of-anybody') },
    ...via(keyArn, 'ssm', ['Decrypt']),
    ...via(keyArn, 's3', ['Decrypt', 'GenerateDataKey']),
    ...callsOfOpenSearch(operating),
    ...(operating.isInNetwork ? NETWORK_CALLS : []),
  ];
};

const callsOfOpenSearch = ({ reaches, index, keyArn }: Operating): readonly AwsCall[] => {
  switch (reaches) {
    case 'collection':
      return [{ action: 'aoss:APIAccessAll', resource: COLLECTION_ARN }];
    case 'password':
      return [
        { action: 'secretsmanager:GetSecretValue', resource: SECRET_ARN },
        ...via(keyArn, 'secretsmanager', ['Decrypt']),
      ];
    case 'domain':
      return REQUESTS.map(([verb, path]) => request(verb, path.replace('INDEX', index)));
  }
};

const request = (verb: string, path: string): AwsCall => ({
  action: `es:ESHttp${verb}`,
  resource: DOMAIN_ARN + path,
});

// Of the engines in function/src/operator, and of the preparation of indexes.
const REQUESTS: readonly (readonly [verb: string, path: string])[] = [
  ...(['Get', 'Head', 'Put'] as const).map((verb) => [verb, '/INDEX'] as const),
  ['Put', '/_index_template/INDEX'],
  ['Put', '/INDEX/_mapping'],
  ['Get', '/INDEX/_search_shards'],
  ...['_bulk', '_mget', '_refresh', '_search', '_search/point_in_time'].map(
    (path) => ['Post', `/INDEX/${path}`] as const,
  ),
  ['Post', '/_search'],
  ['Delete', '/_search/point_in_time'],
  // Of doctor, and of its probe.
  ...[
    ...['', '_cat/allocation', '_cluster/health', '_cluster/settings'],
    ...['_ingest/pipeline/embeddings', '_plugins/_security/authinfo'],
  ].map((path) => ['Get', `/${path}`] as const),
  ['Post', '/_index_template/_simulate'],
  ['Put', '/dynamodb-to-opensearch-probe-1'],
  ['Post', '/dynamodb-to-opensearch-probe-1/_bulk'],
  ['Delete', '/dynamodb-to-opensearch-probe-1'],
  ['Delete', '/INDEX/_doc/sha256%3Aprobe-1'],
];

const INTERFACE = arn('ec2', 'network-interface/eni-1');

const NETWORK_CALLS: readonly AwsCall[] = [
  ...each('ec2', ['DescribeNetworkInterfaces', 'DescribeSubnets'], '*'),
  { action: 'ec2:CreateNetworkInterface', resource: INTERFACE },
  ...each(
    'ec2',
    ['AssignPrivateIpAddresses', 'DeleteNetworkInterface', 'UnassignPrivateIpAddresses'],
    INTERFACE,
  ),
];

/** What the function must not be able to do, however its code is abused. */
export const forbiddenToFunction = (operating: Operating): readonly AwsCall[] => {
  const bucket = bucketArn(operating);
  return [
    ...each('dynamodb', ['BatchGetItem', 'Scan', 'DescribeTable'], table('Others')),
    ...each('dynamodb', ['PutItem', 'DeleteItem', 'UpdateTable'], table('Roles_Items')),
    ...each('s3', ['DeleteObject'], `${bucket}/operations/run/run.json`),
    ...each('s3', ['PutObject'], `${bucket}/aws/lambda/letter`),
    ...each('s3', ['PutObject', 'DeleteObject'], `${bucket}/config/configuration.json`),
    ...each('s3', ['DeleteObjectVersion'], `${bucket}/rejected/letter.ndjson`),
    ...each('s3', ['PutBucketPolicy', 'DeleteBucket'], bucket),
    { action: 's3:GetObject', resource: 'arn:aws:s3:::another-bucket/rejected/letter' },
    { action: 'ssm:GetParameter', resource: arn('ssm', 'parameter/another') },
    { action: 'secretsmanager:GetSecretValue', resource: arn('secretsmanager', 'secret:other-1') },
    { action: 'logs:PutLogEvents', resource: logStreamArn('another') },
    ...each('lambda', ['InvokeFunction', 'UpdateFunctionCode'], functionArn(operating)),
    { action: 'states:StartExecution', resource: stateMachineArn(operating) },
    { action: 'iam:PassRole', resource: `arn:aws:iam::${ACCOUNT}:role/another` },
    { action: 'kms:Decrypt', resource: TABLE_KEY_ARN },
    ...forbiddenRequests(operating),
    // The role lets Lambda connect to the network, and the code itself not.
    ...NETWORK_CALLS.map((call) => ({
      ...call,
      context: { 'lambda:SourceFunctionArn': functionArn(operating) },
    })),
  ];
};

const forbiddenRequests = ({ index }: Operating): readonly AwsCall[] =>
  [
    ['Post', '/_bulk'],
    ['Post', '/others/_bulk'],
    ['Post', '/others/_search'],
    ['Get', '/_search'],
    ['Post', '/_mget'],
    ['Delete', `/${index}`],
    ['Delete', `/${index}/_doc/some-item`],
    ['Post', `/${index}/_delete_by_query`],
    ['Post', `/${index}/_close`],
    ['Put', `/${index}/_settings`],
    ['Put', '/others'],
    ['Put', '/_index_template/others'],
    ['Put', '/_cluster/settings'],
    ['Get', '/_cat/indices'],
  ].map(([verb = '', path = '']) => request(verb, path));

/** What Step Functions does with the state machine's role, by its documentation: …/dg/iam-policies-eg-dist-map.html */
export const callsOfStateMachine = (operating: Operating): readonly AwsCall[] => [
  { action: 'lambda:InvokeFunction', resource: functionArn(operating) },
  { action: 'states:StartExecution', resource: stateMachineArn(operating) },
  ...['', '/parts'].flatMap((part) =>
    each('states', ['DescribeExecution', 'StopExecution'], executionArn(operating, part)),
  ),
  { action: 'states:RedriveExecution', resource: executionArn(operating, '/parts') },
  ...each(
    's3',
    ['AbortMultipartUpload', 'GetObject', 'ListMultipartUploadParts', 'PutObject'],
    `${bucketArn(operating)}/operations/run/results/manifest.json`,
  ),
  ...via(operating.keyArn, 's3', ['Decrypt', 'GenerateDataKey']),
];

/** What the state machine must not be able to do, whatever it is told to. */
export const forbiddenToStateMachine = (operating: Operating): readonly AwsCall[] => [
  { action: 'lambda:InvokeFunction', resource: arn('lambda', 'function:another') },
  { action: 'states:StartExecution', resource: arn('states', 'stateMachine:another') },
  { action: 'states:StopExecution', resource: arn('states', 'execution:another:run') },
  ...each('s3', ['GetObject', 'PutObject'], `${bucketArn(operating)}/rejected/letter.ndjson`),
  { action: 's3:DeleteObject', resource: `${bucketArn(operating)}/operations/run/run.json` },
];

/** What Scheduler does with the schedule's role. */
export const callsOfSchedule = (operating: Operating): readonly AwsCall[] => [
  { action: 'states:StartExecution', resource: stateMachineArn(operating) },
];

/** What the schedule must not be able to do. */
export const forbiddenToSchedule = (operating: Operating): readonly AwsCall[] => [
  { action: 'states:StartExecution', resource: arn('states', 'stateMachine:another') },
  { action: 'lambda:InvokeFunction', resource: functionArn(operating) },
];
