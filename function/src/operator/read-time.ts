import type { ReadTime } from '../aws/dynamodb.ts';
import { CLOCK_TOLERANCE_SECONDS, versionAt } from '../core/version.ts';
import { type Deadline, deadlineOf } from '../deadline.ts';
import { type Moment, millisecondsSince } from '../moment.ts';

// OpenSearch remembers a deletion for 60 s: what is written sooner cannot bring back an item that was
// deleted in between.
const LONGEST_WRITING_MILLISECONDS = 30_000;

/** The deadline for writing what was read at a moment; sooner when it is to stop. */
export const writingDeadline = (readAt: Moment, isToStop: () => boolean): Deadline =>
  deadlineOf(() =>
    isToStop() ? 0 : Math.floor(LONGEST_WRITING_MILLISECONDS - millisecondsSince(readAt)),
  );

/**
 * The external version at which what was read may be written by anyone but the function: lower than
 * that of any change that came after. @throws Error when the answer had no `Date`
 */
export const writingVersion = (readTime: ReadTime): bigint => versionAt(writingSeconds(readTime));

/**
 * The second, since 1970, that {@link writingVersion} stands for.
 *
 * @throws Error when the answer had no `Date`: without one nothing can be written safely
 */
export const writingSeconds = ({ seconds }: ReadTime): number => {
  if (Number.isFinite(seconds)) return seconds - CLOCK_TOLERANCE_SECONDS;
  throw new Error(
    'DynamoDB answered without a Date: something between here and there, such as a proxy, takes it away; nothing can be written safely without it',
  );
};

/** The time that it is by DynamoDB's clock, in whole milliseconds since 1970, whatever this machine's own says. */
export const dynamoDBNow = ({ seconds, at }: ReadTime): number =>
  seconds * 1000 + Math.floor(performance.now() - at.monotonic);

/** How long ago something was read, at most, in milliseconds. */
export const ageMilliseconds = ({ at }: ReadTime): number => millisecondsSince(at);
