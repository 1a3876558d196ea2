import { CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { expect, test } from 'vitest';
import { startDynamoDBLocal } from '../../../scripts/local/dynamodb-local.ts';
import { clientSettings } from '../../support/client-settings.ts';
import { processExists } from '../../support/process-exists.ts';
import { sharedServer } from '../../support/shared-server.ts';

const createTable = (client: DynamoDBClient, name: string) =>
  client.send(
    new CreateTableCommand({
      TableName: name,
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  );

test('a change of a table comes out of its stream', async () => {
  const options = clientSettings(await sharedServer('dynamodb-local'));
  const client = new DynamoDBClient(options);
  const streams = new DynamoDBStreamsClient(options);
  const { TableDescription: table } = await createTable(client, 'local-stack');
  await client.send(new PutItemCommand({ TableName: 'local-stack', Item: { id: { S: 'first' } } }));
  const stream = { StreamArn: table?.LatestStreamArn };
  const { StreamDescription: description } = await streams.send(new DescribeStreamCommand(stream));
  const shard = {
    ShardId: description?.Shards?.[0]?.ShardId,
    ShardIteratorType: 'TRIM_HORIZON',
  } as const;
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({ ...stream, ...shard }),
  );
  const { Records } = await streams.send(new GetRecordsCommand({ ShardIterator }));
  expect(Records).toMatchObject([
    { eventName: 'INSERT', dynamodb: { Keys: { id: { S: 'first' } } } },
  ]);
}, 180_000);

test('a second one runs beside the first, has its own tables, and leaves no process', async () => {
  const server = await startDynamoDBLocal();
  const client = new DynamoDBClient(clientSettings(server.url));
  const { TableDescription } = await createTable(client, 'local-stack');
  await server.stop();
  expect(TableDescription?.TableName).toBe('local-stack');
  expect(processExists(server.processId)).toBe(false);
}, 60_000);
