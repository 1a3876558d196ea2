import type { Item } from '../../function/src/core/attribute-value.ts';
import type { KeyAttribute } from '../../function/src/core/table.ts';

/** A number from 0 up to, but without, 1. */
export type Random = () => number;

/** A table of the demonstration: what is written to it, and what is searched for in its index. */
export interface SampleTable {
  readonly name: string;
  readonly index: string;
  /** Partition key first, then the sort key if there is one. */
  readonly keys: readonly KeyAttribute[];
  readonly items: readonly Item[];
  /** What a person calls the item. */
  readonly titleOf: (item: Item) => string;
  /** Something happens to the item, and what that is in a few words. */
  readonly change: (item: Item, random: Random) => Change;
  /** The one item that is written again and again to see how soon a search finds its `marker`. */
  readonly probe: (marker: string) => Item;
  readonly search: Search;
}

/** A change to an item, for people to read and for the table to keep. */
export interface Change {
  readonly item: Item;
  readonly description: string;
}

/** A search worth pasting. */
export interface Search {
  /** Lucene's query syntax, without what a shell's single quotes cannot hold. */
  readonly query: string;
  /** The hit, by its source, in a few words. */
  readonly describe: (source: unknown) => string;
}

/** The key attributes of an item. */
export const keyOf = (table: SampleTable, item: Item): Item =>
  Object.fromEntries(table.keys.map(({ name }) => [name, item[name] ?? { NULL: true }]));
