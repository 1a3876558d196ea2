/** Something that somebody does: who writes to the table, the stream, Lambda, an administrator, an operator. */
export type Step = Write | Event;

/** Something that befalls the world. */
export type Event =
  | { readonly kind: 'pause'; readonly milliseconds: number }
  /** Nothing else happens until the function is up with the table, or so long. */
  | { readonly kind: 'catch up'; readonly table: number; readonly milliseconds: number }
  /** Records made from now on carry the time plus so many seconds, in all tables. */
  | { readonly kind: 'clock'; readonly seconds: number }
  /** One of the open shards of a table closes; it has two children. */
  | { readonly kind: 'split'; readonly table: number; readonly shard: number }
  /** One of the open shards of a table closes; it has one child. */
  | { readonly kind: 'close'; readonly table: number; readonly shard: number }
  /** A read of the stream fails. */
  | { readonly kind: 'unreadable'; readonly table: number }
  /** The event source mapping is deleted and created anew: it begins where the stream does. */
  | { readonly kind: 'follow anew'; readonly table: number }
  /** The machines under the function are lost, after a while. */
  | { readonly kind: 'kill'; readonly afterMilliseconds: number }
  /** The index is read-only for a while. */
  | { readonly kind: 'block'; readonly table: number; readonly milliseconds: number }
  | { readonly kind: 'delete index'; readonly table: number }
  | { readonly kind: 'restart node'; readonly how: 'stopped' | 'killed' }
  /** What was held back reaches OpenSearch now. */
  | { readonly kind: 'release' }
  | { readonly kind: 'operate'; readonly table: number; readonly command: OperatorCommand };

/** A command that somebody runs beside the function. */
export type OperatorCommand = 'backfill' | 'verify --repair' | 'replay';

/** Changes of the items of one table, which are identified by their number among the keys of the table. */
export type Write = { readonly table: number } & (
  | {
      readonly kind: 'put' | 'update' | 'recreate';
      readonly key: number;
      readonly content: Content;
    }
  | { readonly kind: 'delete' | 'expire'; readonly key: number }
  /** No change at all, but a record that nobody understands. */
  | { readonly kind: 'malformed'; readonly key: number }
  /** Many changes of one item, as fast as they go. */
  | { readonly kind: 'burst'; readonly key: number; readonly contents: readonly (Content | null)[] }
  /** Changes of several items at once; null deletes. */
  | {
      readonly kind: 'transact';
      readonly changes: readonly { readonly key: number; readonly content: Content | null }[];
    }
);

/** What an item holds, besides its key and a number that no other version of it has. */
export type Content = {
  /** Whether it matches `where`. */
  readonly isOpen: boolean;
  /** Why OpenSearch will never take it: an object is expected where it has a text, or an attribute's name is no path. */
  readonly poison: 'none' | 'conflict' | 'name';
  readonly text: string;
  readonly number: string;
};

/** A step in a few words. */
export const stepText = (step: Step): string =>
  JSON.stringify(step, (_name, value) => (isContent(value) ? contentText(value) : value));

const isContent = (value: unknown): value is Content =>
  typeof value === 'object' && value !== null && 'poison' in value;

const contentText = ({ isOpen, poison, text, number }: Content): string =>
  `${isOpen ? 'open' : 'closed'}, ${poison === 'none' ? '' : `poison: ${poison}, `}${text}, ${number.slice(0, 5)}`;
