import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';

/** What a record asks for, as a handler with a day's thought in it would read it. */
export interface SimpleChange {
  readonly id: string;
  /** Microseconds since 1970. */
  readonly version: number;
  /** Undefined when it is to be deleted. */
  readonly document: Record<string, unknown> | undefined;
}

/** Reads an event with `unmarshall`; digits of a number beyond the 17th are lost. */
export const simpleChanges = (text: string): SimpleChange[] => {
  const event: DynamoDBStreamEvent = JSON.parse(text);
  return event.Records.map(({ eventName, dynamodb }) => {
    const keys = dynamodb?.Keys;
    return {
      id: `${keys?.['customer']?.S}|${keys?.['order']?.N}`,
      version: (dynamodb?.ApproximateCreationDateTime ?? 0) * 1_000_000,
      document: eventName === 'REMOVE' ? undefined : documentOf(dynamodb?.NewImage),
    };
  });
};

type Image = NonNullable<DynamoDBStreamEvent['Records'][number]['dynamodb']>['NewImage'];

const documentOf = (image: Image): Record<string, unknown> => {
  const document = unmarshall(asSdkItem(image));
  // JSON.stringify makes `{}` of a set: whoever looks at a document once does this.
  for (const name in document) {
    if (document[name] instanceof Set) document[name] = [...document[name]];
  }
  return document;
};

// The edge: both types describe DynamoDB's own JSON, but for binary values, which these events do not have.
const asSdkItem = (image: Image) => (image ?? {}) as Parameters<typeof unmarshall>[0];
