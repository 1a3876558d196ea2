import { readObjectJson } from '../../aws/object-json.ts';
import { writeObject } from '../../aws/objects.ts';
import type { DeadLetterLocation } from '../../configuration/configuration.ts';
import { isFields } from '../../core/json-value.ts';
import { OPERATIONS_PREFIX } from './keys.ts';
import type { LeftDifferences } from './verify-checkpoint.ts';

/** What the last verification of a whole table has come to: `operations/latest/<table>.json`. */
export type LatestVerification = {
  readonly version: 1;
  readonly table: string;
  readonly verdict: 'equal' | 'different';
  /** ISO 8601: when it had begun. */
  readonly checked_at: string;
  readonly counts: Readonly<LeftDifferences> & { readonly items: number };
};

type Bucket = Pick<DeadLetterLocation, 'bucket'>;

/** Reads what the last verification of a table has come to; undefined where there is none. @throws ServiceError */
export const readLatest = async (
  table: string,
  { bucket }: Bucket,
): Promise<LatestVerification | undefined> => {
  const stored = await readObjectJson({ bucket, key: keyOf(table) });
  return isLatest(stored) ? stored : undefined;
};

// The edge: nobody but us writes them, whole or not at all.
const isLatest = (stored: unknown): stored is LatestVerification =>
  isFields(stored) && stored['version'] === 1 && isFields(stored['counts']);

/** Stores what the last verification of a table has come to. @throws ServiceError */
export const writeLatest = (latest: LatestVerification, { bucket }: Bucket): Promise<void> =>
  writeObject({ bucket, key: keyOf(latest.table) }, JSON.stringify(latest));

const keyOf = (table: string): string => `${OPERATIONS_PREFIX}latest/${table}.json`;
