import { hash } from 'node:crypto';
import { writeObject } from '../../aws/objects.ts';
import { type DeadLetters, deadLetters, type Rejection } from '../../core/dead-letter.ts';
import { persist } from '../persist.ts';
import { type BackfillRun, persistence } from './run.ts';

/** Stores what OpenSearch will never take as dead letters; when it returns, S3 has confirmed them. */
export const storeRejections = async (
  rejections: readonly Rejection[],
  run: BackfillRun,
): Promise<void> => {
  const [first, ...rest] = rejections.map((rejection) => withStream(rejection, run));
  if (first === undefined) return;
  const { bucket, prefix } = run.configuration.deadLetter;
  const { key, body } = lettersOf([first, ...rest], prefix);
  const store = () => writeObject({ bucket, key }, body);
  await persist(store, persistence(run));
};

const withStream = (rejection: Rejection, { streamArn }: BackfillRun): Rejection => {
  const { of } = rejection;
  return streamArn === undefined
    ? rejection
    : { ...rejection, of: { ...of, record: { ...of.record, eventSourceARN: streamArn } } };
};

/**
 * Letters like those of the function. Their records have no sequence numbers: the object is named by
 * their ids and when they were read. So `replay`, which removes it, cannot remove what was read later.
 */
const lettersOf = (
  rejections: readonly [Rejection, ...Rejection[]],
  prefix: string,
): DeadLetters => {
  const { key, body } = deadLetters(rejections, { prefix, records: [], now: new Date() });
  const readings = rejections.map(
    ({ of: { id, record } }) => `${record.dynamodb?.ApproximateCreationDateTime} ${id}`,
  );
  const directory = key.slice(0, key.lastIndexOf('/') + 1);
  return {
    key: `${directory}backfill-${hash('sha256', readings.join('\n')).slice(0, 16)}.ndjson`,
    body,
  };
};
