import type { Item } from '../../function/src/core/attribute-value.ts';
import type { KeyAttribute } from '../../function/src/core/table.ts';
import { request } from './server-request.ts';

/** A connection to DynamoDB Local. */
export interface DynamoDB {
  /** Creates a table with a stream of both images, and returns the stream's ARN. */
  createTable(name: string, keys: readonly KeyAttribute[]): Promise<string>;
  /** Creates a table that nobody follows: DynamoDB Local writes many times faster without a stream. */
  createTableWithoutStream(name: string, keys: readonly KeyAttribute[]): Promise<void>;
  /** Writes up to 25 items with as many BatchWriteItem calls as DynamoDB wants. */
  writeBatch(table: string, items: readonly Item[]): Promise<void>;
  put(table: string, item: Item): Promise<void>;
  delete(table: string, key: Item): Promise<void>;
  /** All items of the table, read consistently. */
  items(table: string): Promise<readonly Item[]>;
  /** DynamoDB Local counts at once what AWS counts every six hours. */
  itemCount(table: string): Promise<number>;
}

/**
 * Speaks to DynamoDB Local in DynamoDB's own JSON, which is the form in which streams and the function have items too:
 * the SDK would take them apart and put them together again for nothing.
 */
export const connectDynamoDB = (url: string): DynamoDB => {
  const call: Call = (operation, input) => send(url, operation, input);
  return {
    createTable: async (name, keys) => {
      const description = await createTable(call, tableOf(name, keys, STREAM));
      return description.LatestStreamArn;
    },
    createTableWithoutStream: async (name, keys) => {
      await createTable(call, tableOf(name, keys, NO_STREAM));
    },
    writeBatch: (table, items) => writeBatch(call, table, items),
    put: (table, item) => call('PutItem', { TableName: table, Item: item }),
    delete: (table, key) => call('DeleteItem', { TableName: table, Key: key }),
    items: (table) => scan(call, table),
    itemCount: async (table) => {
      const { Table } = await call<TableAnswer>('DescribeTable', { TableName: table });
      return Table.ItemCount;
    },
  };
};

type Call = <Answer>(operation: string, input: object) => Promise<Answer>;

type TableAnswer = { readonly Table: { readonly ItemCount: number } };

type CreateAnswer = { readonly TableDescription: { readonly LatestStreamArn: string } };

type Requests = { readonly [table: string]: readonly object[] };

type ScanAnswer = { readonly Items: readonly Item[]; readonly LastEvaluatedKey?: Item };

const send = async <Answer>(url: string, operation: string, input: object): Promise<Answer> => {
  const { status, text } = await request({
    server: 'DynamoDB Local',
    url,
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      // DynamoDB Local wants a signature but does not check it.
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20120810/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: input,
  });
  if (status !== 200) throw new Error(`DynamoDB Local refused ${operation}: ${text}`);
  return JSON.parse(text);
};

const createTable = async (
  call: Call,
  table: object,
): Promise<CreateAnswer['TableDescription']> => {
  const { TableDescription } = await call<CreateAnswer>('CreateTable', table);
  return TableDescription;
};

const STREAM = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } as const;
const NO_STREAM = { StreamEnabled: false } as const;

const tableOf = (
  name: string,
  keys: readonly KeyAttribute[],
  stream: typeof STREAM | typeof NO_STREAM,
): object => ({
  TableName: name,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: keys.map((key) => ({ AttributeName: key.name, AttributeType: key.type })),
  KeySchema: keys.map((key, position) => ({
    AttributeName: key.name,
    KeyType: position === 0 ? 'HASH' : 'RANGE',
  })),
  StreamSpecification: stream,
});

const writeBatch = async (call: Call, table: string, items: readonly Item[]): Promise<void> => {
  let unwritten: Requests = { [table]: items.map((item) => ({ PutRequest: { Item: item } })) };
  while (Object.keys(unwritten).length > 0) {
    const answer = await call<{ readonly UnprocessedItems?: Requests }>('BatchWriteItem', {
      RequestItems: unwritten,
    });
    unwritten = answer.UnprocessedItems ?? {};
  }
};

const scan = async (call: Call, table: string): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const page = await call<ScanAnswer>('Scan', {
      TableName: table,
      ConsistentRead: true,
      ...(start !== undefined && { ExclusiveStartKey: start }),
    });
    items.push(...page.Items);
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
};
