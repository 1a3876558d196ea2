import { parseConfiguration } from '../../function/src/configuration/parse.ts';
import type { Table } from '../../function/src/core/table.ts';
import { createDynamoDBSource } from '../local/event-source-mapping/dynamodb-source.ts';
import { connectDynamoDBStream } from '../local/event-source-mapping/dynamodb-stream.ts';
import {
  type EventSourceMapping,
  startEventSourceMapping,
} from '../local/event-source-mapping/event-source-mapping.ts';
import type { SettingsInput } from '../local/event-source-mapping/settings.ts';
import { createFunction, type LambdaFunction } from '../local/lambda/function.ts';
import { tellOfFunction, tellOfMapping } from './lambda-account.ts';
import type { Resources } from './resources.ts';
import type { SampleTable } from './sample-table.ts';
import type { Stack } from './stack.ts';

/** Name of the parameter that holds the configuration. */
export const parameter = 'local';
const bucket = 'dead-letters';
const functionName = 'dynamodb-to-opensearch';
/** The region that all of it claims to be in. */
export const region = 'eu-west-1';

// Those of modules/sync (contract §11).
const settings: SettingsInput = {
  startingPosition: 'TRIM_HORIZON',
  batchSize: 500,
  bisectBatchOnFunctionError: true,
  maximumRecordAgeInSeconds: 82_800,
  reportBatchItemFailures: true,
};

/** Writes the configuration where the function reads it, and returns its tables as the function knows them. */
export const configureFunction = (
  { aws, openSearchUrl }: Stack,
  tables: readonly SampleTable[],
): ReadonlyMap<string, Table> => {
  const text = JSON.stringify({
    endpoint: openSearchUrl,
    dead_letter: { bucket, prefix: 'rejected/' },
    tables: Object.fromEntries(tables.map(({ name, index, keys }) => [name, { index, keys }])),
  });
  aws.parameters.set(parameter, [text]);
  return parseConfiguration(text, parameter, region).tables;
};

/** Creates the function of the built bundle; a process starts with its first event. */
export const createSyncFunction = (
  { aws, dynamodbUrl, functionDirectory }: Stack,
  concurrency: number,
  onLog: (line: string) => void,
): LambdaFunction => {
  const environment = {
    CONFIG_PARAMETER: `${parameter}:1`,
    AWS_REGION: region,
    AWS_ENDPOINT_URL: aws.url,
    AWS_ENDPOINT_URL_DYNAMODB: dynamodbUrl,
  };
  tellOfFunction(aws, functionName, environment);
  return createFunction({
    directory: functionDirectory,
    functionName,
    environment,
    timeoutMilliseconds: 60_000,
    concurrency,
    onLog,
  });
};

/** Feeds the function with a table's stream from its beginning. */
export const followStream = (
  { dynamodbUrl, aws }: Stack,
  streamArn: string,
  { invoke }: LambdaFunction,
  resources: Resources,
): EventSourceMapping => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const stream = connectDynamoDBStream(streamArn, { endpoint: dynamodbUrl, region, credentials });
  const mapping = startEventSourceMapping({
    source: createDynamoDBSource({ streamArn, stream, creationTime: 'firstSeen' }),
    invoke,
    settings,
    onFailure: async ({ key, body }) => {
      aws.objects.set(`${bucket}/${key}`, Buffer.from(body));
    },
  });
  tellOfMapping(aws, functionName, { streamArn, settings, bucket });
  resources.add(() => mapping.stop().finally(stream.close));
  return mapping;
};
