import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type EventSourceMappingConfiguration,
  type FunctionConfiguration,
  GetFunctionCommand,
  paginateListEventSourceMappings,
} from '@aws-sdk/client-lambda';
import { createDynamoDBSource } from '../../scripts/local/event-source-mapping/dynamodb-source.ts';
import { connectDynamoDBStream } from '../../scripts/local/event-source-mapping/dynamodb-stream.ts';
import { startEventSourceMapping } from '../../scripts/local/event-source-mapping/event-source-mapping.ts';
import type { SettingsInput } from '../../scripts/local/event-source-mapping/settings.ts';
import type { EnvironmentVariables } from '../../scripts/local/lambda/environment-variables.ts';
import { extractFunction } from '../../scripts/local/lambda/extract-function.ts';
import { createFunction, type LambdaFunction } from '../../scripts/local/lambda/function.ts';
import { askDynamoDB } from './ask-dynamodb.ts';
import { type AwsAccount, REGION } from './aws-account.ts';
import { clientSettings } from './client-settings.ts';
import { directoryOfFile } from './temporary-directory.ts';

/** Where a deployed function finds what is not in its account, or has to be seen on the way there. */
export type Surroundings = {
  readonly account: AwsAccount;
  /** DynamoDB Local, with tables named as those of the account. */
  readonly dynamoDBUrl: string;
  /** Over the environment that was deployed. */
  readonly environment: EnvironmentVariables;
  /** Instead of the deployed time, which may be longer than a test has. */
  readonly timeoutMilliseconds?: number;
};

/** A function and the event source mappings that feed it, at work. */
export type DeployedSync = {
  /** Resolves when every change that has been made so far is settled. */
  readonly drained: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/**
 * Does what Lambda does with what was deployed: takes the archive, the settings and the mappings out
 * of the account, and lets them follow the streams of DynamoDB Local.
 */
export const startDeployedSync = async (
  functionName: string,
  surroundings: Surroundings,
): Promise<DeployedSync> => {
  const { account, dynamoDBUrl } = surroundings;
  const { lambda, arn, lines } = await deployedFunction(functionName, surroundings);
  const mappings = await Promise.all(
    (await mappingsOf(arn, account)).map((mapping) => follow(mapping, dynamoDBUrl, lambda)),
  );
  return {
    drained: async () => {
      await sleep(VISIBLE_AFTER_MILLISECONDS);
      const settled = Promise.all(mappings.map(({ drained }) => drained()));
      const late = sleep(LONGEST_MILLISECONDS, 'late', { ref: false });
      if ((await Promise.race([settled, late])) === 'late') {
        throw new Error(`${functionName} does not settle its records:\n${lines.join('\n')}`);
      }
    },
    stop: async () => {
      await Promise.all(mappings.map(({ stop }) => stop()));
      await lambda.stop();
    },
  };
};

/** A function as it was deployed, and what it has written. */
export type DeployedFunction = {
  readonly lambda: LambdaFunction;
  readonly arn: string | undefined;
  readonly lines: readonly string[];
};

/** Takes a function's archive and settings out of the account, to run it on this machine. */
export const deployedFunction = async (
  functionName: string,
  surroundings: Surroundings,
): Promise<DeployedFunction> => {
  const { Configuration: configuration = {}, Code: code } = await surroundings.account.lambda.send(
    new GetFunctionCommand({ FunctionName: functionName }),
  );
  const lines: string[] = [];
  const lambda = createFunction({
    ...functionOptions(configuration, surroundings),
    directory: await download(code?.Location ?? ''),
    functionName,
    onLog: (line) => lines.push(line),
  });
  return { lambda, arn: configuration.FunctionArn, lines };
};

// DynamoDB Local has a write in the table's stream a moment after it has answered.
const VISIBLE_AFTER_MILLISECONDS = 500;

const LONGEST_MILLISECONDS = 40_000;

const download = async (url: string): Promise<string> => {
  const parent = directoryOfFile('deployed');
  const path = join(parent, 'function.zip');
  await writeFile(path, await (await fetch(url)).bytes());
  return (await extractFunction(path, parent)).directory;
};

const functionOptions = (
  { Handler, Timeout, MemorySize, Environment }: FunctionConfiguration,
  surroundings: Surroundings,
) => ({
  handler: String(Handler),
  timeoutMilliseconds: surroundings.timeoutMilliseconds ?? Number(Timeout) * 1000,
  memoryMegabytes: Number(MemorySize),
  concurrency: 2,
  environment: {
    AWS_REGION: REGION,
    AWS_ENDPOINT_URL: surroundings.account.url,
    AWS_ENDPOINT_URL_DYNAMODB: surroundings.dynamoDBUrl,
    ...Environment?.Variables,
    ...surroundings.environment,
  },
});

/** The event source mappings of a function; moto knows it only as they name it, which is by its ARN. */
export const mappingsOf = async (
  functionArn: string | undefined,
  { lambda }: AwsAccount,
): Promise<readonly EventSourceMappingConfiguration[]> => {
  const mappings: EventSourceMappingConfiguration[] = [];
  const pages = paginateListEventSourceMappings({ client: lambda }, { FunctionName: functionArn });
  for await (const { EventSourceMappings: page = [] } of pages) mappings.push(...page);
  return mappings;
};

/** The table whose stream a mapping reads. */
export const tableOf = ({ EventSourceArn: arn }: EventSourceMappingConfiguration): string =>
  arn?.split('/')[1] ?? '';

const follow = async (
  mapping: EventSourceMappingConfiguration,
  dynamoDBUrl: string,
  { invoke }: LambdaFunction,
) => {
  const table = await askDynamoDB(dynamoDBUrl, 'DescribeTable', { TableName: tableOf(mapping) });
  const streamArn: string = JSON.parse(table).Table.LatestStreamArn;
  const stream = connectDynamoDBStream(streamArn, clientSettings(dynamoDBUrl));
  const source = createDynamoDBSource({ streamArn, stream, creationTime: 'firstSeen' });
  const running = startEventSourceMapping({ source, invoke, settings: settingsOf(mapping) });
  return { drained: running.drained, stop: () => running.stop().finally(stream.close) };
};

// What is missing becomes NaN, which no mapping accepts.
const settingsOf = (mapping: EventSourceMappingConfiguration): SettingsInput => ({
  startingPosition: mapping.StartingPosition === 'LATEST' ? 'LATEST' : 'TRIM_HORIZON',
  batchSize: Number(mapping.BatchSize),
  // The provider leaves zero out, which is what AWS has then.
  maximumBatchingWindowInSeconds: mapping.MaximumBatchingWindowInSeconds ?? 0,
  parallelizationFactor: Number(mapping.ParallelizationFactor),
  bisectBatchOnFunctionError: mapping.BisectBatchOnFunctionError === true,
  maximumRetryAttempts: Number(mapping.MaximumRetryAttempts),
  maximumRecordAgeInSeconds: Number(mapping.MaximumRecordAgeInSeconds),
  reportBatchItemFailures:
    mapping.FunctionResponseTypes?.includes('ReportBatchItemFailures') === true,
});
