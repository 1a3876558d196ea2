import { connectDynamoDB } from '../../../scripts/start/dynamodb.ts';
import { askOpenSearch } from '../../support/ask-opensearch.ts';
import { ACCOUNT, REGION } from '../../support/aws-account.ts';
import { type DeployedSync, startDeployedSync } from '../../support/deployed-function.ts';
import { startFaultProxy } from '../../support/fault-proxy.ts';
import type { AwsCall } from '../../support/policy-judge.ts';
import { awsCallsIn, openSearchCallIn } from '../../support/recorded-calls.ts';
import type { ThreeFunctions } from './three-functions.ts';

/** A deployed function, and where it writes `Roles_Items`. */
export type Watched = {
  readonly functionName: string;
  readonly index: string;
  /** Of what IAM lets it into; undefined where it has a password. */
  readonly openSearchArn: string | undefined;
};

/**
 * What a deployed function asks of AWS and of OpenSearch, recorded on the way there, while it does
 * everything it ever does: prepares indexes, writes, rereads, and stores a rejected record.
 */
export const callsOfFunction = async (
  { functionName, index, openSearchArn }: Watched,
  { account, domain, dynamoDBUrl }: ThreeFunctions,
): Promise<readonly AwsCall[]> => {
  const aws = await startFaultProxy(account.url);
  const dynamodb = await startFaultProxy(dynamoDBUrl);
  domain.proxy.behave();
  const addresses = { AWS_ENDPOINT_URL: aws.url, AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url };
  const environment = { ...domain.environment, ...addresses };
  const sync = await startDeployedSync(functionName, { account, dynamoDBUrl, environment });
  try {
    await letItWork(sync, dynamoDBUrl, `${domain.openSearchUrl}/${index}`);
  } finally {
    await sync.stop();
  }
  const where = { region: REGION, account: ACCOUNT, openSearchArn: openSearchArn ?? '' };
  const toAws = [...aws.requests, ...dynamodb.requests];
  const toOpenSearch = openSearchArn === undefined ? [] : domain.proxy.requests;
  await Promise.all([aws.stop(), dynamodb.stop()]);
  return [
    ...toAws.flatMap((request) => awsCallsIn(request, where)),
    ...toOpenSearch.map((request) => openSearchCallIn(request, where)),
  ];
};

const letItWork = async (
  { drained }: DeployedSync,
  dynamoDBUrl: string,
  indexUrl: string,
): Promise<void> => {
  const { put } = connectDynamoDB(dynamoDBUrl);
  await put('Roles_Items', { id: { S: 'good' } });
  await put('Roles_Items', { id: { S: 'bad' }, 'a..b': { S: 'no path in OpenSearch' } });
  await put('Roles_Keys', { id: { S: 'whose image the stream does not carry' } });
  await drained();
  await writeAsAClockAheadWould(indexUrl, 'good');
  await put('Roles_Items', { id: { S: 'good' }, changed: { BOOL: true } });
  await drained();
};

/** The next change of the document then conflicts, and only the table can say what is right. */
const writeAsAClockAheadWould = async (indexUrl: string, id: string): Promise<void> => {
  const version = (Math.floor(Date.now() / 1000) + 30) * 1_000_000;
  const query = `version=${version}&version_type=external_gte`;
  await askOpenSearch(indexUrl, 'PUT', `/_doc/${id}?${query}`, { id });
};
