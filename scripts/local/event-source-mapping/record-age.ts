import type { Settings } from './settings.ts';
import type { StreamRecord } from './source.ts';

/** A batch parted into the records that are too old to be sent and those that are not. */
export interface Aged {
  readonly expired: readonly StreamRecord[];
  readonly fresh: readonly StreamRecord[];
}

// "The data retention limit for DynamoDB Streams is 24 hours": even an infinite age ends there.
const retentionSeconds = 86_400;

/** Parts a batch by the age of its records, which stand in the order of their age. */
export const splitByAge = (
  records: readonly StreamRecord[],
  nowEpochMilliseconds: number,
  settings: Settings,
): Aged => {
  const limitSeconds = limitOf(settings);
  const isFresh = ({ createdEpochSeconds }: StreamRecord) =>
    nowEpochMilliseconds - createdEpochSeconds * 1000 <= limitSeconds * 1000;
  const firstFresh = records.findIndex(isFresh);
  if (firstFresh === 0) return { expired: [], fresh: records };
  if (firstFresh === -1 || settings.undocumented.discardedByAge === 'batch')
    return { expired: records, fresh: [] };
  return { expired: records.slice(0, firstFresh), fresh: records.slice(firstFresh) };
};

const limitOf = ({ maximumRecordAgeInSeconds }: Settings): number =>
  maximumRecordAgeInSeconds === -1
    ? retentionSeconds
    : Math.min(maximumRecordAgeInSeconds, retentionSeconds);
