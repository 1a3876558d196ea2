import type { ProxiedRequest } from './fault-proxy.ts';
import type { AwsCall } from './policy-judge.ts';

/** Where a function's requests go, as far as ARNs need to know. */
export type Place = {
  readonly region: string;
  readonly account: string;
  /** ARN of the domain, or of the serverless collection. */
  readonly openSearchArn: string;
};

/**
 * What IAM is asked for a request of an AWS SDK: the action and resource that AWS's Service
 * Authorization Reference has for the operation.
 */
export const awsCallsIn = (request: ProxiedRequest, where: Place): readonly AwsCall[] => {
  switch (signedService(request)) {
    case 'ssm':
    case 'secretsmanager':
    case 'dynamodb':
      return jsonCallsIn(request, where);
    case 's3':
      return [s3CallIn(request)];
    case 'lambda':
      return [lambdaCallIn(request, where)];
    case 'sts':
      return [{ action: 'sts:GetCallerIdentity', resource: '*' }];
    default:
      throw new Error(`nobody has said what IAM is asked for ${request.method} ${request.path}`);
  }
};

// As the signature has it: key id, day, region, service.
const signedService = ({ headers }: ProxiedRequest): string | undefined =>
  /Credential=[^/]*\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1];

const jsonCallsIn = ({ headers, body }: ProxiedRequest, where: Place): readonly AwsCall[] => {
  const [service = '', operation = ''] = headers['x-amz-target']?.toString().split('.') ?? [];
  const input: Input = JSON.parse(body.toString());
  switch (service) {
    case 'AmazonSSM':
      return [{ action: `ssm:${operation}`, resource: parameterArn(input.Name ?? '', where) }];
    case 'secretsmanager':
      return [{ action: `secretsmanager:${operation}`, resource: input.SecretId ?? '' }];
    default:
      return tablesIn(input).map((table) => ({
        action: `dynamodb:${operation}`,
        resource: arn('dynamodb', `table/${table}`, where),
      }));
  }
};

type Input = {
  readonly Name?: string;
  readonly SecretId?: string;
  readonly TableName?: string;
  readonly RequestItems?: { readonly [table: string]: unknown };
};

const tablesIn = ({ TableName: table, RequestItems: items = {} }: Input): readonly string[] =>
  table === undefined ? Object.keys(items) : [table];

const arn = (service: string, resource: string, { region, account }: Place): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

// IAM knows parameters without their versions, and without the slash in front of a path.
const parameterArn = (name: string, where: Place): string =>
  arn('ssm', `parameter/${name.replace(/:\d+$/, '').replace(/^\//, '')}`, where);

const s3CallIn = ({ method, path }: ProxiedRequest): AwsCall => {
  const { pathname, searchParams } = new URL(path, 'http://s3');
  const resource = `arn:aws:s3:::${decodeURIComponent(pathname.slice(1)).replace(/\/$/, '')}`;
  switch (method) {
    case 'PUT':
      return { action: 's3:PutObject', resource };
    case 'DELETE':
      return { action: 's3:DeleteObject', resource };
    case 'GET':
      if (searchParams.has('list-type')) return listCall(resource, searchParams);
      return { action: `s3:GetObject${searchParams.has('versionId') ? 'Version' : ''}`, resource };
    default:
      throw new Error(`nobody has said what IAM is asked for ${method} ${path}`);
  }
};

// A policy may let a role see only what lies under a prefix.
const listCall = (resource: string, parameters: URLSearchParams): AwsCall => ({
  action: 's3:ListBucket',
  resource,
  context: { 's3:prefix': parameters.get('prefix') ?? '' },
});

const lambdaCallIn = ({ method, path }: ProxiedRequest, where: Place): AwsCall => {
  const [, , kind, name, what] = new URL(path, 'http://lambda').pathname.split('/');
  const resource = arn(
    'lambda',
    `function:${decodeURIComponent(name ?? '')
      .split(':')
      .at(-1)}`,
    where,
  );
  switch (`${method} ${kind} ${what}`) {
    case 'POST functions invocations':
      return { action: 'lambda:InvokeFunction', resource };
    case 'GET functions configuration':
      return { action: 'lambda:GetFunctionConfiguration', resource };
    case 'GET event-source-mappings undefined':
      return { action: 'lambda:ListEventSourceMappings', resource: '*' };
    default:
      throw new Error(`nobody has said what IAM is asked for ${method} ${path}`);
  }
};

/** What IAM is asked for a request to OpenSearch: of a domain it sees method and path, of a collection nothing. */
export const openSearchCallIn = (
  { method, path }: ProxiedRequest,
  { openSearchArn }: Place,
): AwsCall => {
  if (openSearchArn.includes(':aoss:')) {
    return { action: 'aoss:APIAccessAll', resource: openSearchArn };
  }
  const { pathname } = new URL(path, 'http://opensearch');
  const verb = method.charAt(0) + method.slice(1).toLowerCase();
  return { action: `es:ESHttp${verb}`, resource: openSearchArn + pathname };
};
