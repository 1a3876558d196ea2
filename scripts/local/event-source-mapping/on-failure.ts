import { randomUUID } from 'node:crypto';
import type { InvocationResult } from '../lambda/invocation-result.ts';
import { eventText } from './batch.ts';
import type { Delivery } from './retry.ts';

/** Why a batch was given up. */
export type DiscardCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** Everything that an on-failure object tells. */
export interface Discard {
  readonly delivery: Delivery;
  readonly condition: DiscardCondition;
  /** How the last invocation ended, if there was one. */
  readonly lastResult: InvocationResult | undefined;
  readonly shardId: string;
  readonly streamArn: string;
  readonly mappingUuid: string;
  readonly functionArn: string;
  readonly atEpochMilliseconds: number;
}

/** One object for the bucket of an on-failure destination. */
export interface OnFailureObject {
  readonly key: string;
  /** JSON text. */
  readonly body: string;
}

/** Makes the object that Lambda stores in S3 for a discarded batch: the invocation record, with the whole event as escaped JSON. */
export const onFailureObject = (discard: Discard): OnFailureObject => ({
  key: keyOf(discard),
  body: JSON.stringify({
    requestContext: {
      requestId: discard.lastResult?.requestId ?? randomUUID(),
      functionArn: discard.functionArn,
      condition: discard.condition,
      approximateInvokeCount: discard.delivery.invocations,
    },
    ...(discard.lastResult !== undefined && { responseContext: responseOf(discard.lastResult) }),
    version: '1.0',
    timestamp: new Date(discard.atEpochMilliseconds).toISOString(),
    DDBStreamBatchInfo: batchInfoOf(discard),
    payload: eventText(discard.delivery.records),
  }),
});

// aws/lambda/<ESM UUID>/<shard id>/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-<random UUID>
const keyOf = ({ mappingUuid, shardId, atEpochMilliseconds }: Discard): string => {
  const [day = '', time = ''] = new Date(atEpochMilliseconds).toISOString().split(/[T.]/);
  const folder = `aws/lambda/${mappingUuid}/${shardId}/${day.replaceAll('-', '/')}`;
  return `${folder}/${day}T${time.replaceAll(':', '.')}-${randomUUID()}`;
};

// A function that answers, but reports failures, has made no error.
const responseOf = (result: InvocationResult) => ({
  statusCode: 200,
  executedVersion: '$LATEST',
  functionError: result.kind === 'answered' ? null : 'Unhandled',
});

const batchInfoOf = ({ delivery: { records }, shardId, streamArn }: Discard) => ({
  shardId,
  startSequenceNumber: records.at(0)?.sequenceNumber,
  endSequenceNumber: records.at(-1)?.sequenceNumber,
  approximateArrivalOfFirstRecord: secondsText(records.at(0)?.createdEpochSeconds),
  approximateArrivalOfLastRecord: secondsText(records.at(-1)?.createdEpochSeconds),
  batchSize: records.length,
  streamArn,
});

const secondsText = (epochSeconds = 0): string =>
  new Date(epochSeconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
