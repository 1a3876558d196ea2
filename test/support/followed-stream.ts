import { createDynamoDBSource } from '../../scripts/local/event-source-mapping/dynamodb-source.ts';
import { connectDynamoDBStream } from '../../scripts/local/event-source-mapping/dynamodb-stream.ts';
import {
  type EventSourceMapping,
  type EventSourceMappingOptions,
  startEventSourceMapping,
} from '../../scripts/local/event-source-mapping/event-source-mapping.ts';
import { clientSettings } from './client-settings.ts';

/** A stream of DynamoDB Local, who takes its records, and what of the mapping is not the usual. */
export type FollowedStream = Pick<EventSourceMappingOptions, 'invoke' | 'onFailure'> & {
  readonly dynamoDBUrl: string;
  readonly streamArn: string;
  readonly settings?: Partial<EventSourceMappingOptions['settings']>;
};

/** Has a function follow a stream of DynamoDB Local from its beginning, as Lambda would, but for shorter pauses before it tries again. */
export const followStream = (stream: FollowedStream): EventSourceMapping => {
  const { dynamoDBUrl, streamArn, settings, ...others } = stream;
  const connected = connectDynamoDBStream(streamArn, clientSettings(dynamoDBUrl));
  return startEventSourceMapping({
    ...others,
    source: createDynamoDBSource({ streamArn, stream: connected, creationTime: 'firstSeen' }),
    settings: {
      startingPosition: 'TRIM_HORIZON',
      reportBatchItemFailures: true,
      undocumented: { initialRetryDelayMilliseconds: 50, maximumRetryDelayMilliseconds: 200 },
      ...settings,
    },
  });
};
