import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Item } from '../../function/src/core/attribute-value.ts';
import { keyAttributes } from '../../function/src/core/item-key.ts';
import type { Table } from '../../function/src/core/table.ts';
import { createLog } from '../../function/src/log.ts';
import {
  type OperatorEnvironment,
  openOperatorEnvironment,
} from '../../function/src/operator/environment.ts';
import type { EventSourceMapping } from '../../scripts/local/event-source-mapping/event-source-mapping.ts';
import { askDynamoDB } from './ask-dynamodb.ts';
import { type CommandResult, resultOf } from './command-result.ts';
import { createTable, openStream } from './dynamodb-table.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { followStream } from './followed-stream.ts';
import { openStage, PARAMETER, type Stage, type StageParts } from './function-stage.ts';
import { sharedServer } from './shared-server.ts';

/**
 * A stage on which operator commands run: with real tables, their streams, and the function where it
 * is to follow them. In a test file there may be one, since clients of AWS keep the first address.
 */
export type OperatorStage = Stage & {
  /** The real DynamoDB Local, for the test's own writes. */
  readonly dynamoDBUrl: string;
  /** Before DynamoDB, for the commands and the function. */
  readonly dynamoDB: FaultProxy;
  /** The tables by suffix, the one under ''; they exist. */
  readonly table: (suffix?: string) => Table;
  /** What commands of this process work with. */
  readonly environment: OperatorEnvironment;
  readonly putItem: (item: Item, suffix?: string) => Promise<unknown>;
  readonly deleteItem: (key: Item, suffix?: string) => Promise<unknown>;
  /** Every item, read consistently. */
  readonly items: (suffix?: string) => Promise<readonly Item[]>;
  /** Gives each table its stream, which has the changes from now on: without one, a backfill has a word to say. */
  readonly openStreams: () => Promise<void>;
  /** Has the function follow the changes that a table has from now on; it stops with the stage. */
  readonly follow: (suffix?: string) => Promise<EventSourceMapping>;
  /** Runs the built command line, `dynamodb-to-opensearch <arguments> --parameter …`, as a process of its own. */
  readonly run: (commandLine: readonly string[]) => Promise<CommandResult>;
  /** Starts it; whoever does ends it. */
  readonly spawn: (commandLine: readonly string[]) => ChildProcess;
};

/** Sets up a stage for operator commands. */
export const openOperatorStage = async (parts: StageParts = {}): Promise<OperatorStage> => {
  const dynamoDBUrl = await sharedServer('dynamodb-local');
  const dynamoDB = await startFaultProxy(dynamoDBUrl);
  const stage = await openStage({ ...parts, dynamoDBUrl: dynamoDB.url });
  const variables = {
    AWS_ENDPOINT_URL: stage.aws.url,
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDB.url,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: 'eu-west-1',
  };
  Object.assign(process.env, variables);
  const environment = await openOperatorEnvironment({
    parameter: PARAMETER,
    region: 'eu-west-1',
    log: createLog('ERROR', () => undefined),
  });
  const nameOf = (suffix = '') => (suffix === '' ? stage.name : `${stage.name}.${suffix}`);
  const table = (suffix?: string): Table => {
    const found = environment.configuration.tables.get(nameOf(suffix));
    if (found === undefined) throw new Error(`there is no table ${nameOf(suffix)}`);
    return found;
  };
  const tables = [...environment.configuration.tables.values()];
  for (const each of tables) {
    await createTable(dynamoDBUrl, { name: each.name, keys: keyAttributes(each) });
  }
  const mappings: EventSourceMapping[] = [];
  const spawnCommand: OperatorStage['spawn'] = (commandLine) =>
    spawn(process.execPath, [COMMAND, ...commandLine, '--parameter', PARAMETER], {
      env: { PATH: process.env['PATH'] ?? '', ...variables, ...parts.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  return {
    ...stage,
    dynamoDBUrl,
    dynamoDB,
    table,
    environment,
    putItem: (item, suffix) =>
      askDynamoDB(dynamoDBUrl, 'PutItem', { TableName: nameOf(suffix), Item: item }),
    deleteItem: (key, suffix) =>
      askDynamoDB(dynamoDBUrl, 'DeleteItem', { TableName: nameOf(suffix), Key: key }),
    items: (suffix) => itemsOf(dynamoDBUrl, nameOf(suffix)),
    openStreams: async () => {
      for (const { name } of tables) await openStream(dynamoDBUrl, name);
    },
    follow: async (suffix) => {
      const mapping = follow(stage, dynamoDBUrl, await openStream(dynamoDBUrl, nameOf(suffix)));
      mappings.push(mapping);
      return mapping;
    },
    spawn: spawnCommand,
    run: (commandLine) => resultOf(spawnCommand(commandLine)),
    stop: async () => {
      await Promise.all(mappings.map((mapping) => mapping.stop()));
      await stage.stop();
      await dynamoDB.stop();
      for (const { name } of tables) {
        await askDynamoDB(dynamoDBUrl, 'DeleteTable', { TableName: name });
      }
    },
  };
};

const COMMAND = join(import.meta.dirname, '../../dist/dynamodb-to-opensearch.cjs');

const itemsOf = async (url: string, name: string): Promise<readonly Item[]> => {
  const items: Item[] = [];
  for (let startKey: Item | undefined, isFirst = true; isFirst || startKey; isFirst = false) {
    const answer = JSON.parse(
      await askDynamoDB(url, 'Scan', {
        TableName: name,
        ConsistentRead: true,
        ...(startKey && { ExclusiveStartKey: startKey }),
      }),
    );
    items.push(...answer.Items);
    startKey = answer.LastEvaluatedKey;
  }
  return items;
};

const INVOCATION_MILLISECONDS = 5000;

const follow = (stage: Stage, dynamoDBUrl: string, streamArn: string): EventSourceMapping =>
  followStream({
    dynamoDBUrl,
    streamArn,
    invoke: (event) => stage.invokeText(event, INVOCATION_MILLISECONDS),
    settings: { bisectBatchOnFunctionError: true },
  });
