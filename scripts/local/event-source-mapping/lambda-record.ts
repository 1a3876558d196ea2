/** A stream record as it stands in a Lambda event, as far as anything here has to know it. */
export interface LambdaRecord {
  readonly dynamodb: {
    /** Seconds since 1970. */
    readonly ApproximateCreationDateTime: number;
    /** Attribute values by name: `{"id":{"N":"1"}}`. */
    readonly Keys: Readonly<Record<string, unknown>>;
    readonly SequenceNumber: string;
    readonly [member: string]: unknown;
  };
  readonly eventSourceARN: string;
  readonly [member: string]: unknown;
}

/**
 * Turns a record of the Streams API, as its JSON has it, into the form that Lambda puts into events: the same attribute
 * values, the creation time in whole seconds, the identity in lower case, the stream's ARN with each record.
 */
export const toLambdaRecord = (record: unknown, streamArn: string): LambdaRecord => {
  if (!isStreamsRecord(record))
    throw new Error(`A record of ${streamArn} lacks what every one has.`);
  const { dynamodb, userIdentity, ...members } = record;
  return {
    ...members,
    dynamodb: {
      ...dynamodb,
      ApproximateCreationDateTime: Math.floor(dynamodb.ApproximateCreationDateTime),
    },
    ...(userIdentity !== undefined && {
      userIdentity: { type: userIdentity.Type, principalId: userIdentity.PrincipalId },
    }),
    eventSourceARN: streamArn,
  };
};

interface StreamsRecord {
  readonly dynamodb: LambdaRecord['dynamodb'];
  readonly userIdentity?: { readonly PrincipalId?: unknown; readonly Type?: unknown };
}

const isStreamsRecord = (record: unknown): record is StreamsRecord => {
  const { dynamodb } = membersOf(record);
  const { ApproximateCreationDateTime, Keys, SequenceNumber } = membersOf(dynamodb);
  return (
    typeof ApproximateCreationDateTime === 'number' &&
    typeof SequenceNumber === 'string' &&
    typeof Keys === 'object' &&
    Keys !== null
  );
};

const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
