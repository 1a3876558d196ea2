import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import { askAws } from './ask-aws.ts';
import { askDynamoDB } from './ask-dynamodb.ts';
import { clientSettings } from './client-settings.ts';
import { type ProxiedRequest, startFaultProxy } from './fault-proxy.ts';
import { type Invoke, invokedFunction, invokeReply } from './lambda-invoke.ts';
import { startMoto } from './moto.ts';

/** An AWS account in moto that nobody else uses, in eu-west-1. */
export type AwsAccount = {
  /** For `AWS_ENDPOINT_URL`. */
  readonly url: string;
  readonly lambda: LambdaClient;
  readonly iam: IAMClient;
  readonly s3: S3Client;
  readonly ssm: SSMClient;
  readonly stepFunctions: SFNClient;
  readonly cloudWatch: CloudWatchClient;
  readonly logs: CloudWatchLogsClient;
  /** What runs when a function of that name is invoked; moto itself runs none. */
  readonly functions: Map<string, Invoke>;
  /** All that has been asked of the account, oldest first. */
  readonly requests: readonly ProxiedRequest[];
  readonly createBucket: (name: string) => Promise<void>;
  /** Creates an OpenSearch domain at this address, host and port, where a real OpenSearch is. */
  readonly createDomain: (name: string, endpoint: string) => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** The account's number. */
export const ACCOUNT = '123456789012';

/** Region of everything in it. */
export const REGION = 'eu-west-1';

/** Opens an account with nothing in it. */
export const openAccount = async (): Promise<AwsAccount> => {
  const moto = await startMoto();
  const proxy = await startFaultProxy(moto.url);
  const endpoints = new Map<string, string>(); // of domains, by the one that moto says
  const functions = new Map<string, Invoke>();
  proxy.behave(async (request, passOn) => {
    const invoke = functions.get(invokedFunction(request) ?? '');
    if (invoke !== undefined) return invokeReply(await invoke(request.body.toString()));
    const reply = await passOn();
    const isOfDomain = request.path.startsWith(DOMAINS);
    return isOfDomain ? { ...reply, ...replaceAll(reply.body, endpoints) } : reply;
  });
  const settings = clientSettings(proxy.url);
  const s3 = new S3Client(settings);
  return {
    url: proxy.url,
    functions,
    requests: proxy.requests,
    s3,
    lambda: new LambdaClient(settings),
    iam: new IAMClient(settings),
    ssm: new SSMClient(settings),
    stepFunctions: new SFNClient(settings),
    cloudWatch: new CloudWatchClient(settings),
    logs: new CloudWatchLogsClient(settings),
    createBucket: async (name) => {
      await s3.send(
        new CreateBucketCommand({
          Bucket: name,
          CreateBucketConfiguration: { LocationConstraint: REGION },
        }),
      );
    },
    createDomain: async (name, endpoint) => {
      endpoints.set(`${name}.${REGION}.es.amazonaws.com`, endpoint);
      await askAws(moto.url, { service: 'es', path: DOMAINS }, { DomainName: name });
    },
    stop: async () => {
      await proxy.stop();
      await moto.stop();
    },
  };
};

const DOMAINS = '/2021-01-01/opensearch/domain';

const replaceAll = (body: Buffer | string, endpoints: ReadonlyMap<string, string>) => {
  let text = body.toString();
  for (const [said, real] of endpoints) text = text.replaceAll(said, real);
  return { headers: { 'content-type': 'application/json' }, body: text };
};

/** A table's key attribute. */
export type Key = { readonly name: string; readonly type: 'S' | 'N' | 'B' };

/** A table to be created. */
export type TableParts = {
  readonly name: string;
  readonly keys: readonly Key[];
  /** What its stream carries; `none` is without a stream. */
  readonly viewType?: 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES' | 'none';
  /** ARN of a KMS key of its own. */
  readonly keyArn?: string;
};

/** Creates a table in the DynamoDB at this address. */
export const createTable = async (url: string, table: TableParts): Promise<void> => {
  const { name, keys, viewType = 'NEW_AND_OLD_IMAGES', keyArn } = table;
  await askDynamoDB(url, 'CreateTable', {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keys.map((key) => ({ AttributeName: key.name, AttributeType: key.type })),
    KeySchema: keys.map((key, position) => ({
      AttributeName: key.name,
      KeyType: position === 0 ? 'HASH' : 'RANGE',
    })),
    ...(viewType !== 'none' && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: viewType },
    }),
    ...(keyArn !== undefined && {
      SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: keyArn },
    }),
  });
};
