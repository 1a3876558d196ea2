import { listObjects } from '../../aws/object-listing.ts';
import { causeNameOf, messageOf } from '../../aws/service-error.ts';
import type { DeadLetterLocation } from '../../configuration/configuration.ts';
import { GIVEN_UP_PREFIX } from '../../core/dead-letter.ts';
import { type Check, counted, ok, wrong } from './check.ts';
import { failed } from './failure.ts';

const MOST_OBJECTS = 100_000;
const HEADING = 'Records are dead-lettered';

/** Checks whether dead letters wait: those of the function, by table, and those of Lambda. */
export const checkDeadLetters = async ({
  bucket,
  prefix,
}: DeadLetterLocation): Promise<readonly Check[]> => [
  ...(await checkPrefix('rejected', { bucket, prefix }, (rest) => rest.split('/')[0] ?? '')),
  ...(await checkPrefix('given up', { bucket, prefix: GIVEN_UP_PREFIX }, () => '')), // by Lambda
];

const checkPrefix = async (
  name: string,
  { bucket, prefix }: DeadLetterLocation,
  tableOf: (restOfKey: string) => string,
): Promise<readonly Check[]> => {
  try {
    const waiting = new Map<string, Waiting>(); // by table
    let objects = 0;
    for await (const { key, modifiedAt } of listObjects(bucket, prefix)) {
      const table = tableOf(key.slice(prefix.length));
      waiting.set(table, withOneMore(waiting.get(table), modifiedAt));
      if (++objects === MOST_OBJECTS) break;
    }
    if (objects === 0) return [ok(name, `none waits in s3://${bucket}/${prefix}`)];
    return [...waiting].map((entry) => waitingCheck(name, entry, objects === MOST_OBJECTS));
  } catch (error) {
    if (causeNameOf(error) === 'NoSuchBucket') return [wrong(name, messageOf(error), NO_BUCKET)];
    return [failed(name, error, 's3:ListBucket on the bucket')];
  }
};

const NO_BUCKET =
  'Run terraform apply, which makes the bucket: without it rejected records hold up the stream.';

type Waiting = { readonly count: number; readonly oldest: Date };

const withOneMore = (before: Waiting | undefined, modifiedAt: Date): Waiting => ({
  count: (before?.count ?? 0) + 1,
  oldest: before !== undefined && before.oldest < modifiedAt ? before.oldest : modifiedAt,
});

const waitingCheck = (
  name: string,
  [table, { count, oldest }]: readonly [string, Waiting],
  isMore: boolean,
): Check => {
  const of = table === '' ? '' : ` of ${table}`;
  const since = oldest.toISOString().slice(0, 16).replace('T', ' ');
  return wrong(
    name,
    `${counted(count, 'object')}${isMore ? ' or more' : ''} with records${of}, the oldest of ${since} UTC`,
    `Mend what they say, then settle them:\n  npx dynamodb-to-opensearch replay${table === '' ? '' : ` --table ${table}`}`,
    HEADING,
  );
};
