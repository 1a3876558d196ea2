import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { askDynamoDB } from '../../support/ask-dynamodb.ts';
import { type AwsAccount, createTable, openAccount } from '../../support/aws-account.ts';
import { type DeployedSync, startDeployedSync } from '../../support/deployed-function.ts';
import {
  type DeployedOperations,
  startDeployedOperations,
} from '../../support/deployed-operations.ts';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts';
import { type LocalDomain, openDomain } from '../../support/local-domain.ts';
import { sharedServer } from '../../support/shared-server.ts';
import { executeStateMachines } from '../../support/state-machines.ts';
import { openWorkspace } from '../../support/terraform.ts';

/** Both modules, applied in an account with a domain and a table, and both their functions at work. */
export type Operated = {
  readonly account: AwsAccount;
  readonly domain: LocalDomain;
  /** The real DynamoDB Local, for the test's own writes. */
  readonly dynamoDBUrl: string;
  /** Before DynamoDB, for the function of operations. */
  readonly dynamoDB: FaultProxy;
  readonly sync: DeployedSync;
  readonly operations: DeployedOperations;
  readonly stateMachineArn: string;
  readonly bucket: string;
  readonly stop: () => Promise<void>;
};

/** The one table. */
export const TABLE = 'Operated_Orders';

/** Name of the parameter with the configuration. */
export const PARAMETER = 'operated-configuration';

/** Applies both modules; the table is filled before anything follows it. */
export const openOperated = async (
  fill: (dynamoDBUrl: string) => Promise<void>,
): Promise<Operated> => {
  const [account, domain, dynamoDBUrl] = await Promise.all([
    openAccount(),
    openDomain(),
    sharedServer('dynamodb-local'),
  ]);
  await executeStateMachines(account);
  await account.createDomain('operated', domain.endpoint);
  await createTable(account.url, { name: TABLE, keys: KEYS });
  await Promise.all([apply(account), fillWithoutStream(dynamoDBUrl, fill)]);
  const dynamoDB = await startFaultProxy(dynamoDBUrl);
  const sync = await startDeployedSync('operated-sync', {
    account,
    dynamoDBUrl,
    environment: domain.environment,
  });
  const operations = await startDeployedOperations('operated-operations', {
    account,
    dynamoDBUrl: dynamoDB.url,
    environment: { ...domain.environment, AWS_ACCESS_KEY_ID: OPERATIONS_KEY_ID },
    timeoutMilliseconds: SLICE_MILLISECONDS,
  });
  return {
    account,
    domain,
    dynamoDBUrl,
    dynamoDB,
    sync,
    operations,
    ...(await parameterOfOperations(account)),
    stop: async () => {
      await Promise.all([sync.stop(), operations.stop()]);
      await Promise.all([account.stop(), domain.stop(), dynamoDB.stop()]);
    },
  };
};

const KEYS = [
  { name: 'customer', type: 'S' },
  { name: 'order', type: 'N' },
] as const;

/** By which requests of the function of operations are told from those of the stream function. */
export const OPERATIONS_KEY_ID = 'operations';

// Shorter than the deployed fifteen minutes.
const SLICE_MILLISECONDS = 9_000;

// Nothing is in the stream of what was in the table before: only a backfill brings it into the index.
const fillWithoutStream = async (
  url: string,
  fill: (dynamoDBUrl: string) => Promise<void>,
): Promise<void> => {
  await createTable(url, { name: TABLE, keys: KEYS, viewType: 'none' });
  await fill(url);
  await askDynamoDB(url, 'UpdateTable', {
    TableName: TABLE,
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  });
};

const apply = async ({ url }: AwsAccount): Promise<void> => {
  const main = readFileSync(join(import.meta.dirname, 'both-modules.tf'), 'utf8');
  const workspace = await openWorkspace({
    path: 'both-modules',
    environment: { AWS_ENDPOINT_URL: url },
    files: { 'main.tf': main, [`../modules/sync/${NO_LIFECYCLE}`]: NO_RULES },
  });
  await workspace.init();
  const { exitCode, text } = await workspace.apply();
  if (exitCode !== 0) throw new Error(text);
};

// The provider waits a minute for the lifecycle rules of a bucket.
const NO_LIFECYCLE = 'lifecycle_override.tf';
const NO_RULES = 'resource "aws_s3_bucket_lifecycle_configuration" "dead_letter" { count = 0 }\n';

/** How the command line finds what was applied. */
const parameterOfOperations = async ({ ssm }: AwsAccount) => {
  const Name = `${PARAMETER}-operations`;
  const { Parameter: parameter } = await ssm.send(new GetParameterCommand({ Name }));
  const { state_machine_arn: stateMachineArn, bucket } = JSON.parse(parameter?.Value ?? '');
  return { stateMachineArn, bucket };
};
