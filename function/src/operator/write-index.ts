import { at } from '../core/json-value.ts';

/** An index in OpenSearch's answer to `GET /<index or alias>`. */
export type IndexEntry = readonly [name: string, index: unknown];

/** The index that is written under a name: itself, or the one behind an alias; undefined where none is. */
export const writeIndexAmong = (
  wanted: string,
  found: readonly IndexEntry[],
): IndexEntry | undefined => {
  const [only, ...others] = found;
  if (only !== undefined && only[0] === wanted) return only;
  const marked = found.find((entry) => isMarked(entry, wanted) === true);
  if (marked !== undefined || only === undefined) return marked;
  return others.length === 0 && isMarked(only, wanted) !== false ? only : undefined;
};

/** Whether an index is said to be the one that is written; undefined where nothing is said. */
const isMarked = ([, index]: IndexEntry, alias: string): unknown =>
  at(index, 'aliases', alias, 'is_write_index');
