import { fileStore } from './file-store.ts';
import { objectStore } from './object-store.ts';

/** Where the state of one backfill lies while it is not finished. */
export type StateStore = {
  /** What people call the place. */
  readonly place: string;
  /** How often it may be written. */
  readonly everyMilliseconds: number;
  /** The text that was written last; undefined where there is none. */
  readonly read: () => Promise<string | undefined>;
  /** When it returns, whoever reads finds this text, or a later one, whatever happens. */
  readonly write: (text: string) => Promise<void>;
  readonly remove: () => Promise<void>;
};

/** The place of a table's state: in a directory, or below `s3://bucket/prefix`. */
export const stateStore = (location: string, table: string): StateStore => {
  const name = `backfill-${table}.json`;
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)(?:\/(.*?))?\/*$/.exec(location) ?? [];
  if (bucket === undefined) return fileStore(location, name);
  return objectStore({ bucket, key: prefix === '' ? name : `${prefix}/${name}` });
};
