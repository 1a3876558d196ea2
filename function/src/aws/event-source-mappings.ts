import {
  type EventSourceMappingConfiguration,
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda';
import { clientSettings, LONGEST_READING_MILLISECONDS } from './client-settings.ts';
import { ServiceError } from './service-error.ts';

/** What brings the records of a stream to a function. */
export type EventSourceMapping = {
  readonly streamArn: string;
  readonly functionArn: string;
  readonly state: string;
  /** Undefined until something was polled. */
  readonly lastResult: string | undefined;
  readonly reportsItemFailures: boolean;
  /** −1: without a limit, which the stream's 24 hours are. */
  readonly maximumRecordAgeSeconds: number;
  readonly onFailureArn: string | undefined;
};

/** A function, as far as its environment says what it does. */
export type FunctionDescription = {
  readonly name: string;
  readonly roleArn: string;
  /** Undefined unless it has one. */
  readonly parameter: string | undefined;
  readonly hasFailedUpdate: boolean;
};

const client = new LambdaClient(clientSettings);

const timely = () => ({ abortSignal: AbortSignal.timeout(LONGEST_READING_MILLISECONDS) });

/**
 * All mappings of DynamoDB streams in the account and region, those on streams that a table no longer
 * has included. @throws ServiceError
 */
export const listStreamMappings = async (): Promise<readonly EventSourceMapping[]> => {
  const found: EventSourceMappingConfiguration[] = [];
  let marker: string | undefined; // of the next page
  try {
    do {
      const command = new ListEventSourceMappingsCommand({ Marker: marker });
      const page = await client.send(command, timely());
      found.push(...(page.EventSourceMappings ?? []));
      marker = page.NextMarker;
    } while (marker);
  } catch (cause) {
    throw new ServiceError('Lambda', 'list the event source mappings', cause);
  }
  return found.filter(({ EventSourceArn: arn }) => arn?.includes(':dynamodb:')).map(mappingOf);
};

const mappingOf = (found: EventSourceMappingConfiguration): EventSourceMapping => ({
  streamArn: found.EventSourceArn ?? '',
  functionArn: found.FunctionArn ?? '',
  state: found.State ?? 'unknown',
  lastResult: found.LastProcessingResult,
  reportsItemFailures: found.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
  maximumRecordAgeSeconds: found.MaximumRecordAgeInSeconds ?? -1,
  onFailureArn: found.DestinationConfig?.OnFailure?.Destination,
});

/** Describes a function by its ARN. @throws ServiceError */
export const describeFunction = async (arn: string): Promise<FunctionDescription> => {
  try {
    const found = await client.send(
      new GetFunctionConfigurationCommand({ FunctionName: arn }),
      timely(),
    );
    return {
      name: found.FunctionName ?? arn,
      roleArn: found.Role ?? '',
      parameter: found.Environment?.Variables?.['CONFIG_PARAMETER'],
      hasFailedUpdate: found.LastUpdateStatus === 'Failed',
    };
  } catch (cause) {
    throw new ServiceError('Lambda', `describe the function ${arn}`, cause);
  }
};
