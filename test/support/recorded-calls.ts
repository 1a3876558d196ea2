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
 * What IAM is asked for a request of an AWS SDK to SSM, Secrets Manager, DynamoDB or S3: the action and
 * resource that AWS's Service Authorization Reference has for the operation.
 */
export const awsCallsIn = (request: ProxiedRequest, where: Place): readonly AwsCall[] => {
  const target = request.headers['x-amz-target']?.toString();
  if (target === undefined) return [s3CallIn(request)];
  const [service = '', operation = ''] = target.split('.');
  const body: Body = JSON.parse(request.body.toString());
  switch (service) {
    case 'AmazonSSM':
      return [{ action: `ssm:${operation}`, resource: parameterArn(body.Name ?? '', where) }];
    case 'secretsmanager':
      return [{ action: `secretsmanager:${operation}`, resource: body.SecretId ?? '' }];
    case 'DynamoDB_20120810':
      return Object.keys(body.RequestItems ?? {}).map((table) => ({
        action: `dynamodb:${operation}`,
        resource: arn('dynamodb', `table/${table}`, where),
      }));
    default:
      throw new Error(`nobody has said what IAM is asked for ${target}`);
  }
};

type Body = {
  readonly Name?: string;
  readonly SecretId?: string;
  readonly RequestItems?: { readonly [table: string]: unknown };
};

const arn = (service: string, resource: string, { region, account }: Place): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

// IAM knows parameters without their versions, and without the slash in front of a path.
const parameterArn = (name: string, where: Place): string =>
  arn('ssm', `parameter/${name.replace(/:\d+$/, '').replace(/^\//, '')}`, where);

const s3CallIn = ({ method, path }: ProxiedRequest): AwsCall => {
  const { pathname, searchParams } = new URL(path, 'http://s3');
  const resource = `arn:aws:s3:::${decodeURIComponent(pathname.slice(1))}`;
  if (method === 'PUT') return { action: 's3:PutObject', resource };
  if (method !== 'GET') throw new Error(`nobody has said what IAM is asked for ${method} ${path}`);
  const action = searchParams.has('versionId') ? 's3:GetObjectVersion' : 's3:GetObject';
  return { action, resource };
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
