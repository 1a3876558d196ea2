import type { Item } from './attribute-value.ts';
import { rememberLast } from './remember-last.ts';

/** A record of a DynamoDB stream as Lambda delivers it; every part may be missing until it was looked at. */
export type StreamRecord = {
  readonly eventName?: string;
  readonly eventSource?: string;
  readonly eventSourceARN?: string;
  readonly dynamodb?: {
    /** Whole seconds since 1970. */
    readonly ApproximateCreationDateTime?: number;
    readonly Keys?: Item;
    readonly NewImage?: Item;
    /** 21 to 40 decimal digits. */
    readonly SequenceNumber?: string;
    /** Of keys and images, as DynamoDB counts them. */
    readonly SizeBytes?: number;
  };
};

/** The record's sequence number; undefined when it has none that DynamoDB would give. */
export const sequenceNumberOf = (record: StreamRecord): string | undefined => {
  const text = record.dynamodb?.SequenceNumber;
  return typeof text === 'string' && /^\d{1,40}$/.test(text) ? text : undefined;
};

/** How large DynamoDB says the record is, in bytes; 0 when it does not say. */
export const sizeBytesOf = ({ dynamodb }: StreamRecord): number =>
  typeof dynamodb?.SizeBytes === 'number' ? dynamodb.SizeBytes : 0;

/** The name of the table that a record comes from; undefined when it is not from DynamoDB Streams. */
export const tableName = (record: StreamRecord): string | undefined =>
  record?.eventSource === 'aws:dynamodb' && typeof record.eventSourceARN === 'string'
    ? tableOfStream(record.eventSourceARN)
    : undefined;

const STREAM_ARN = /^arn:[^:]+:dynamodb:[^:]*:[^:]*:table\/([^/]+)\/stream\//;

/** The name of a stream's table, as in its ARN `arn:aws:dynamodb:<region>:<account>:table/<name>/stream/<label>`. */
export const tableOfStream = rememberLast((arn: string) => STREAM_ARN.exec(arn)?.[1]);
