import { type TableDescription as Described, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { KeyAttribute } from '../core/table.ts';
import { LONGEST_READING_MILLISECONDS } from './client-settings.ts';
import { client } from './dynamodb.ts';
import { ServiceError } from './service-error.ts';

/** A table as DynamoDB has it. */
export type TableDescription = {
  readonly arn: string;
  /** Another one, once a table was deleted and made again by the same name. */
  readonly id: string;
  readonly status: string;
  /** Counted by DynamoDB every six hours. */
  readonly itemCount: number;
  /** Counted like the items. */
  readonly sizeBytes: number;
  /** Partition key first. */
  readonly keys: readonly KeyAttribute[];
  /** The stream that is written now; undefined when none is. */
  readonly stream: { readonly arn: string; readonly viewType: string } | undefined;
};

/** Describes a table. @throws ServiceError */
export const describeTable = async (name: string): Promise<TableDescription> => {
  try {
    const { Table: table } = await client.send(new DescribeTableCommand({ TableName: name }), {
      abortSignal: AbortSignal.timeout(LONGEST_READING_MILLISECONDS),
    });
    return descriptionOf(table ?? {});
  } catch (cause) {
    throw new ServiceError('DynamoDB', `describe the table ${name}`, cause);
  }
};

const descriptionOf = (table: Described): TableDescription => ({
  arn: table.TableArn ?? '',
  id: table.TableId ?? '',
  status: table.TableStatus ?? 'unknown',
  itemCount: table.ItemCount ?? 0,
  sizeBytes: table.TableSizeBytes ?? 0,
  keys: keysOf(table),
  stream: table.StreamSpecification?.StreamEnabled
    ? {
        arn: table.LatestStreamArn ?? '',
        viewType: table.StreamSpecification.StreamViewType ?? 'unknown',
      }
    : undefined,
});

// A key schema has the partition key first, always.
const keysOf = ({ KeySchema: schema, AttributeDefinitions: definitions }: Described) =>
  (schema ?? []).flatMap(({ AttributeName: name = '' }) => {
    const type = definitions?.find(
      (definition) => definition.AttributeName === name,
    )?.AttributeType;
    return type === undefined ? [] : [{ name, type }];
  });
