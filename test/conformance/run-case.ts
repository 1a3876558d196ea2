import { setTimeout as sleep } from 'node:timers/promises';
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import type { AwsStandIn } from '../../scripts/local/aws-stand-in.ts';
import { clientSettings } from '../support/client-settings.ts';
import type { FaultProxy, ProxiedRequest } from '../support/fault-proxy.ts';
import { isBulk } from '../support/faults.ts';
import { type LocalFunction, localFunction } from '../support/local-function.ts';
import { type MetricLine, metricLines } from '../support/metric-lines.ts';
import { behaviourOf } from './case-faults.ts';
import type { ConformanceCase, DynamoDBItem, Step, TableConfiguration } from './cases.ts';

/** The real parts that a case runs on. */
export type Stage = {
  readonly openSearchUrl: string;
  readonly proxy: FaultProxy;
  readonly dynamoDBUrl: string;
  readonly aws: AwsStandIn;
};

/** What an invocation of a case came to. */
export type StepResult = {
  readonly step: Step;
  /** Undefined when the invocation failed. */
  readonly answer: unknown;
  readonly metrics: readonly MetricLine[];
  readonly bulkRequests: readonly ProxiedRequest[];
  /** Ids that a search found right after the answer, without any refresh of ours. */
  readonly searchable: ReadonlySet<string>;
};

const BUCKET = 'conformance';

/** Prepares the stage for a case, runs its steps, and returns what each came to. */
export const runCase = async (
  conformanceCase: ConformanceCase,
  profile: 'exact' | 'bfansports',
  stage: Stage,
): Promise<readonly StepResult[]> => {
  const tables = Object.entries(conformanceCase.config.tables);
  for (const [, { index }] of tables) await prepareIndex(conformanceCase, index, stage);
  for (const [name, table] of tables) {
    const items = conformanceCase.before?.items?.[name];
    if (items !== undefined) await prepareTable(name, table, items, stage);
  }
  stage.aws.objects.clear();
  stage.aws.parameters.set('conformance', [configuration(conformanceCase, profile, stage)]);
  const remaining = conformanceCase.steps.map((step) => step.remaining_ms ?? 12_000);
  const lambda = localFunction({
    environment: functionEnvironment(stage),
    timeoutMilliseconds: Math.min(...remaining),
  });
  const results: StepResult[] = [];
  try {
    for (const step of conformanceCase.steps)
      results.push(await runStep(step, lambda, stage, tables));
  } finally {
    await lambda.stop();
  }
  return results;
};

const functionEnvironment = ({ aws, dynamoDBUrl }: Stage) => ({
  CONFIG_PARAMETER: 'conformance',
  AWS_ENDPOINT_URL: aws.url,
  AWS_ENDPOINT_URL_DYNAMODB: dynamoDBUrl,
});

const configuration = (
  { config }: ConformanceCase,
  profile: 'exact' | 'bfansports',
  { proxy }: Stage,
): string => {
  const tables = Object.entries(config.tables).map(([name, table]) => [
    name,
    { profile, ...table },
  ]);
  return JSON.stringify({
    endpoint: proxy.url,
    ...(config.refresh === 'default' ? {} : { refresh: config.refresh ?? 'false' }),
    dead_letter: { bucket: BUCKET, prefix: 'rejected/' },
    tables: Object.fromEntries(tables),
  });
};

const prepareIndex = async (
  { index: state, before }: ConformanceCase,
  index: string,
  { openSearchUrl }: Stage,
): Promise<void> => {
  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(openSearchUrl + path, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok && response.status !== 404) throw new Error(await response.text());
  };
  await ask('DELETE', `/${index}`);
  await ask('DELETE', `/_index_template/${index}`);
  if (state === 'present') await ask('PUT', `/${index}`, { mappings: { dynamic: false } });
  for (const [id, document] of Object.entries(before?.documents?.[index] ?? {})) {
    const query = `version_type=external_gte&version=${before?.version}`;
    await ask('PUT', `/${index}/_doc/${encodeURIComponent(id)}?${query}`, document);
  }
};

const prepareTable = async (
  name: string,
  { keys }: TableConfiguration,
  items: readonly DynamoDBItem[],
  { dynamoDBUrl }: Stage,
): Promise<void> => {
  const client = new DynamoDBClient(clientSettings(dynamoDBUrl));
  await client.send(new DeleteTableCommand({ TableName: name })).catch((error: unknown) => {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  });
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: keys.map((key) => ({
        AttributeName: key.name,
        AttributeType: key.type,
      })),
      KeySchema: keys.map((key, position) => ({
        AttributeName: key.name,
        KeyType: position === 0 ? 'HASH' : 'RANGE',
      })),
    }),
  );
  for (const item of items) {
    const request = { PutRequest: { Item: item as never } }; // the cases hold no binary items
    await client.send(new BatchWriteItemCommand({ RequestItems: { [name]: [request] } }));
  }
  client.destroy();
};

const runStep = async (
  step: Step,
  lambda: LocalFunction,
  { proxy, openSearchUrl }: Stage,
  tables: readonly (readonly [string, TableConfiguration])[],
): Promise<StepResult> => {
  await sleep(step.pause_ms ?? 0);
  proxy.behave(behaviourOf(step.opensearch ?? {}));
  const result = await lambda.invoke(JSON.stringify(step.event));
  const searchable = await Promise.all(tables.map(([, { index }]) => search(openSearchUrl, index)));
  return {
    step,
    answer: result.kind === 'answered' ? JSON.parse(result.payload) : undefined,
    metrics: metricLines(lambda.takeLines()),
    bulkRequests: proxy.requests.filter(isBulk),
    searchable: new Set(searchable.flat()),
  };
};

const search = async (url: string, index: string): Promise<readonly string[]> => {
  const response = await fetch(`${url}/${index}/_search?size=1000&_source=false`);
  const { hits } = (await response.json()) as { hits?: { hits: readonly { _id: string }[] } };
  return hits?.hits.map(({ _id: id }) => id) ?? [];
};
