import type { Item } from '../../function/src/core/attribute-value.ts';
import type { LambdaRecord } from '../local/event-source-mapping/lambda-record.ts';

/** What happens to an item; without an image it is removed. */
export type Change = {
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly keys: Item;
  readonly image?: Item;
};

/** What tells a record from others of the same change. */
export type RecordIdentity = {
  readonly createdAtSeconds: number;
  readonly eventId: string;
  readonly sequenceNumber: string;
};

/** A record as Lambda delivers it from a stream of view type NEW_IMAGE. */
export const recordOf = (
  { eventName, keys, image }: Change,
  table: string,
  { createdAtSeconds, eventId, sequenceNumber }: RecordIdentity,
): LambdaRecord => ({
  eventID: eventId,
  eventName,
  eventVersion: '1.1',
  eventSource: 'aws:dynamodb',
  awsRegion: 'eu-west-1',
  dynamodb: {
    ApproximateCreationDateTime: createdAtSeconds,
    Keys: keys,
    ...(image && { NewImage: image }),
    SequenceNumber: sequenceNumber,
    SizeBytes: sizeBytesOf(keys) + (image ? sizeBytesOf(image) : 0),
    StreamViewType: 'NEW_IMAGE',
  },
  eventSourceARN: streamArnOf(table),
});

/** The ARN of a table's stream. */
export const streamArnOf = (table: string): string =>
  `arn:aws:dynamodb:eu-west-1:123456789012:table/${table}/stream/2025-01-01T00:00:00.000`;

/** Names and values, without the types and the punctuation of JSON: nearly as DynamoDB counts. */
const sizeBytesOf = (item: Item): number =>
  Buffer.byteLength(
    JSON.stringify(item).replaceAll(/[{}[\]":,]|"(?:[SNBLM]|[SNB]S|BOOL|NULL)"/g, ''),
  );
