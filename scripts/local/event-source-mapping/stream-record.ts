import type { LambdaRecord } from './lambda-record.ts';
import type { StreamRecord } from './source.ts';

/** Makes a record in Lambda's event form ready to be sent. */
export const streamRecord = (record: LambdaRecord, partitionKeyName: string): StreamRecord => {
  const text = JSON.stringify(record);
  const { Keys, SequenceNumber, ApproximateCreationDateTime } = record.dynamodb;
  return {
    sequenceNumber: SequenceNumber,
    text,
    textBytes: Buffer.byteLength(text),
    partitionKey: identityOf(Keys[partitionKeyName]),
    itemKey: JSON.stringify(
      Object.keys(Keys)
        .sort()
        .map((name) => identityOf(Keys[name])),
    ),
    createdEpochSeconds: ApproximateCreationDateTime,
  };
};

// DynamoDB Local keeps a key's number as its writer spelt it, so that one item can come as 1 and as 1.0. Numbers beyond
// a double's precision fall together with their neighbours, which for the choice of a lane does no harm.
const identityOf = (value: unknown): string => {
  const isNumber = typeof value === 'object' && value !== null && 'N' in value;
  return isNumber ? `N${Number(value.N)}` : JSON.stringify(value ?? null);
};
