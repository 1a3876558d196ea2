import type { ObjectLocation } from '../../../function/src/aws/objects.ts';
import type { Operations } from './operations.ts';

/** Where a run keeps what it knows, in S3. */
export type RunLocation = {
  readonly bucket: string;
  /** What each key begins with, the slash at the end included. */
  readonly root: string;
};

/** The location of a run. */
export const locationOf = ({ bucket, prefix }: Operations, run: string): RunLocation => ({
  bucket,
  root: `${prefix}${run}/`,
});

/** The location of what a run keeps under a key. */
export const objectOf = ({ bucket, root }: RunLocation, key: string): ObjectLocation => ({
  bucket,
  key: root + key,
});
