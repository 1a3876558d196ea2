import type { SettingsInput } from '../local/event-source-mapping/settings.ts';
import type { Stack } from './stack.ts';

type Aws = Stack['aws'];

const arnOf = (functionName: string): string =>
  `arn:aws:lambda:local:000000000000:function:${functionName}`;

/** Has AWS tell of a function what Lambda would: whoever examines the stack asks there. */
export const tellOfFunction = (
  { functions }: Aws,
  name: string,
  environment: { readonly [name: string]: string },
): void => {
  functions.set(arnOf(name), {
    FunctionName: name,
    FunctionArn: arnOf(name),
    Role: `arn:aws:iam::000000000000:role/${name}`,
    Environment: { Variables: environment },
    LastUpdateStatus: 'Successful',
  });
};

/** A mapping between a stream and a function, and the bucket for what it gives up. */
type FollowedStream = {
  readonly streamArn: string;
  readonly settings: SettingsInput;
  readonly bucket: string;
};

/** Has AWS tell of a mapping what Lambda would. */
export const tellOfMapping = (
  { eventSourceMappings }: Aws,
  functionName: string,
  { streamArn, settings, bucket }: FollowedStream,
): void => {
  eventSourceMappings.push({
    EventSourceArn: streamArn,
    FunctionArn: arnOf(functionName),
    State: 'Enabled',
    MaximumRecordAgeInSeconds: settings.maximumRecordAgeInSeconds,
    FunctionResponseTypes: settings.reportBatchItemFailures ? ['ReportBatchItemFailures'] : [],
    DestinationConfig: { OnFailure: { Destination: `arn:aws:s3:::${bucket}` } },
  });
};
