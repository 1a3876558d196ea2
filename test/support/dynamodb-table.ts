import { askDynamoDB } from './ask-dynamodb.ts';

/** A table to be made. */
export type TableParts = {
  readonly name: string;
  /** Partition key first. */
  readonly keys: readonly { readonly name: string; readonly type: string }[];
};

/** Creates a table of DynamoDB Local, without a stream: it is filled faster then. */
export const createTable = async (url: string, { name, keys }: TableParts): Promise<void> => {
  await askDynamoDB(url, 'CreateTable', {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keys.map((key) => ({ AttributeName: key.name, AttributeType: key.type })),
    KeySchema: keys.map((key, position) => ({
      AttributeName: key.name,
      KeyType: position === 0 ? 'HASH' : 'RANGE',
    })),
  });
};

/** Gives a table a stream, which has its changes from now on, unless it has one already; returns the stream's ARN. */
export const openStream = async (
  url: string,
  name: string,
  viewType = 'NEW_IMAGE',
): Promise<string> => {
  const { Table: table } = JSON.parse(await askDynamoDB(url, 'DescribeTable', { TableName: name }));
  if (table.LatestStreamArn !== undefined) return table.LatestStreamArn;
  const { TableDescription: changed } = JSON.parse(
    await askDynamoDB(url, 'UpdateTable', {
      TableName: name,
      StreamSpecification: { StreamEnabled: true, StreamViewType: viewType },
    }),
  );
  return changed.LatestStreamArn;
};
