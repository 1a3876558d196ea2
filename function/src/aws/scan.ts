import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Item } from '../core/attribute-value.ts';
import { exchange, type ReadTime } from './dynamodb.ts';
import { ServiceError } from './service-error.ts';

/** Which page of a table to read. */
export type ScanRequest = {
  readonly tableName: string;
  /** From 0. */
  readonly segment: number;
  readonly totalSegments: number;
  /** Where the last page ended; absent for the first one. */
  readonly startKey?: Item | undefined;
  /** The most items; without it a page ends at 1 MB. */
  readonly limit?: number | undefined;
};

/** A page of a table. */
export type ScanPage = {
  readonly items: readonly Item[];
  /** Where the next page starts; undefined after the last one. */
  readonly lastKey: Item | undefined;
  readonly readTime: ReadTime;
  /** Read capacity units, where DynamoDB says. */
  readonly consumedUnits: number | undefined;
};

const LONGEST_MILLISECONDS = 20_000;

/** Reads a page of one segment of a table, consistently. @throws ServiceError */
export const scanPage = async (request: ScanRequest, signal?: AbortSignal): Promise<ScanPage> => {
  const timeout = AbortSignal.timeout(LONGEST_MILLISECONDS);
  try {
    return await scan(request, signal ? AbortSignal.any([signal, timeout]) : timeout);
  } catch (cause) {
    throw new ServiceError('DynamoDB', `return items of the table ${request.tableName}`, cause);
  }
};

const scan = async (request: ScanRequest, signal: AbortSignal): Promise<ScanPage> => {
  const { tableName: TableName, segment: Segment, totalSegments: TotalSegments } = request;
  const segments = { TableName, Segment, TotalSegments };
  const command = new ScanCommand(segments);
  const text = JSON.stringify({
    ...segments,
    ConsistentRead: true,
    ExclusiveStartKey: request.startKey,
    Limit: request.limit,
    ReturnConsumedCapacity: 'TOTAL',
  });
  const { json, readTime } = await exchange(command, text, signal);
  const answer: Answer = JSON.parse(json);
  if (!Array.isArray(answer.Items))
    throw new Error(`DynamoDB answered without items of ${TableName}`);
  return {
    items: answer.Items,
    lastKey: answer.LastEvaluatedKey,
    readTime,
    consumedUnits: answer.ConsumedCapacity?.CapacityUnits,
  };
};

type Answer = {
  readonly Items?: readonly Item[];
  readonly LastEvaluatedKey?: Item;
  readonly ConsumedCapacity?: { readonly CapacityUnits?: number };
};
