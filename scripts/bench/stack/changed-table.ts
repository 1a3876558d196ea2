import type { Item } from '../../../function/src/core/attribute-value.ts';
import { createDynamoDBSource } from '../../local/event-source-mapping/dynamodb-source.ts';
import { connectDynamoDBStream } from '../../local/event-source-mapping/dynamodb-stream.ts';
import type { StreamSource } from '../../local/event-source-mapping/source.ts';
import { connectDynamoDB, type DynamoDB } from '../../start/dynamodb.ts';
import type { Cleanup } from '../cleanup.ts';
import { KEYS } from '../item.ts';
import { memoryStream } from './memory-stream.ts';
import type { Stack } from './stack.ts';

/** A table that is changed, and the stream that tells of it. */
export interface ChangedTable {
  readonly name: string;
  /** Puts items; resolves when that is acknowledged. */
  readonly put: (items: readonly Item[]) => Promise<void>;
  readonly source: StreamSource;
}

/** What stands in for DynamoDB: DynamoDB Local, or a stream in memory, which is as fast as one wants. */
export type TableKind = 'dynamodb' | 'memory';

/** Creates a table of the bench's items. */
export const createChangedTable = (
  stack: Stack,
  { name, kind }: { readonly name: string; readonly kind: TableKind },
  cleanup: Cleanup,
): Promise<ChangedTable> | ChangedTable =>
  kind === 'memory' ? memoryStream(name) : dynamoDBTable(stack, name, cleanup);

const dynamoDBTable = async (
  { dynamoDBUrl }: Stack,
  name: string,
  cleanup: Cleanup,
): Promise<ChangedTable> => {
  const dynamoDB = connectDynamoDB(dynamoDBUrl);
  const streamArn = await dynamoDB.createTable(name, KEYS);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const stream = connectDynamoDBStream(streamArn, {
    endpoint: dynamoDBUrl,
    region: 'eu-west-1',
    credentials,
  });
  cleanup.add(async () => stream.close());
  return {
    name,
    put: (items) => putAll(dynamoDB, name, items),
    source: createDynamoDBSource({ streamArn, stream, creationTime: 'firstSeen' }),
  };
};

const ITEMS_PER_REQUEST = 25; // DynamoDB takes no more

const putAll = async (dynamoDB: DynamoDB, name: string, items: readonly Item[]): Promise<void> => {
  const [first, ...others] = items;
  if (first === undefined) return;
  if (others.length === 0) return dynamoDB.put(name, first);
  for (let start = 0; start < items.length; start += ITEMS_PER_REQUEST)
    await dynamoDB.writeBatch(name, items.slice(start, start + ITEMS_PER_REQUEST));
};
