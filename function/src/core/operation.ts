import type { Item } from './attribute-value.ts';
import { type Change, type Malformed, withUnreadableImage } from './change.ts';
import { documentWriter } from './document.ts';
import type { KeyChanges } from './fold.ts';
import type { JsonWriter } from './json-writer.ts';
import type { Table } from './table.ts';
import { isIndexed } from './where.ts';

/** A document that is to change, and the changes of its item that led to it. */
export type Target = {
  readonly table: Table;
  readonly id: string;
  /** External version: microseconds since 1970. */
  readonly version: bigint;
  /** In their order; the last one has taken the place of the others. */
  readonly changes: KeyChanges;
};

/** What is to be done to a document. */
export type Operation = Target & {
  readonly kind: 'operation';
  readonly action: 'index' | 'delete';
  /** Its lines in a bulk request, UTF-8, each with its line feed. */
  readonly lines: Uint8Array;
};

/** A document whose item must be read from the table, because the record did not carry it. */
export type Reread = Target & { readonly kind: 'reread' };

/** What became of the changes of one key. */
export type Composition = {
  readonly next: Operation | Reread | undefined;
  readonly malformed: readonly Malformed[];
};

/** Composes the operations of one table. */
export type Composer = {
  /** The one operation that stands for all changes of a key; what cannot be understood is set aside. */
  readonly fromChanges: (changes: KeyChanges) => Composition;
  /** What makes the document equal to the item as it was read from the table; undefined if the item is no DynamoDB JSON. */
  readonly fromItem: (target: Target, item: Item | undefined) => Operation | undefined;
};

const MICROSECONDS = 1_000_000n;
const OPEN_INDEX = Buffer.from('{"index":{"_id":');
const OPEN_DELETE = Buffer.from('{"delete":{"_id":');
const LINE_FEED = 10;

/** The composer of a table's operations; it writes them with `writer`. */
export const operationComposer = (table: Table, writer: JsonWriter): Composer => {
  const writeDocument = documentWriter(table);

  const fromChanges = (changes: KeyChanges): Composition => {
    // A lone change, which nearly all are, shows whether it can be read when it is composed.
    const [understood, malformed] =
      changes.length === 1 ? [changes, []] : partition(changes, isUnderstood);
    const last = understood.at(-1);
    const next = last && fromLast(last, understood);
    const unread = next === undefined ? changes : malformed;
    return { next, malformed: unread.map(withUnreadableImage) };
  };

  const fromLast = (last: Change, changes: KeyChanges): Operation | Reread | undefined => {
    const target = { table, id: last.id, version: highestVersion(changes), changes };
    if (last.effect === 'remove') return fromItem(target, undefined);
    return last.image === undefined ? { ...target, kind: 'reread' } : fromItem(target, last.image);
  };

  const fromItem = (target: Target, item: Item | undefined): Operation | undefined => {
    if (item !== undefined && isIndexed(item, table)) return indexing(target, item);
    // An item that counts as absent is read all the same: what cannot be understood deletes nothing.
    return item === undefined || isReadable(item) ? deleting(target) : undefined;
  };

  const indexing = (target: Target, item: Item): Operation | undefined => {
    writeAction(writer, 'index', target);
    if (!writeDocument(writer, item)) {
      writer.discard();
      return undefined;
    }
    writer.character(LINE_FEED);
    return { ...target, kind: 'operation', action: 'index', lines: writer.take() };
  };

  const deleting = (target: Target): Operation => {
    writeAction(writer, 'delete', target);
    return { ...target, kind: 'operation', action: 'delete', lines: writer.take() };
  };

  const isUnderstood = ({ effect, image }: Change): boolean =>
    effect === 'remove' || image === undefined || isReadable(image);

  const isReadable = (item: Item): boolean => {
    const isWritten = writeDocument(writer, item);
    writer.discard();
    return isWritten;
  };

  return { fromChanges, fromItem };
};

const writeAction = (writer: JsonWriter, action: Operation['action'], target: Target): void => {
  writer.bytes(action === 'index' ? OPEN_INDEX : OPEN_DELETE);
  writer.string(target.id);
  writer.ascii(`,"version":${target.version},"version_type":"external_gte"}}\n`);
};

const highestVersion = (changes: KeyChanges): bigint =>
  BigInt(Math.max(...changes.map((change) => change.createdAtSeconds))) * MICROSECONDS;

/** The changes that pass the test, and those that fail it. */
const partition = (
  changes: KeyChanges,
  test: (change: Change) => boolean,
): [KeyChanges, KeyChanges] => {
  const failing = new Set(changes.filter((change) => !test(change)));
  return [changes.filter((change) => !failing.has(change)), [...failing]];
};
