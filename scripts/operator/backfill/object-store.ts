import { deleteObject } from '../../../function/src/aws/object-removal.ts';
import {
  type ObjectLocation,
  readObjectIfThere,
  writeObject,
} from '../../../function/src/aws/objects.ts';
import type { StateStore } from './state-store.ts';

const EVERY_MILLISECONDS = 5000;
const LONGEST_WRITE_MILLISECONDS = 20_000;

/** Keeps a state in an object in S3, which is replaced whole or not at all. */
export const objectStore = (location: ObjectLocation): StateStore => ({
  place: `s3://${location.bucket}/${location.key}`,
  everyMilliseconds: EVERY_MILLISECONDS,
  read: () => readObjectIfThere(location),
  write: (text) => writeObject(location, text, LONGEST_WRITE_MILLISECONDS),
  remove: () => deleteObject(location),
});
