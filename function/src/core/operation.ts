import type { Item } from './attribute-value.ts';
import { type Change, type Malformed, withUnreadableImage } from './change.ts';
import { documentWriter } from './document.ts';
import type { KeyChanges } from './fold.ts';
import type { JsonWriter } from './json-writer.ts';
import { rememberLast } from './remember-last.ts';
import type { Table } from './table.ts';
import { versionAt } from './version.ts';
import { isIndexed } from './where.ts';

/** A document that is to change, and the changes of its item that led to it. */
export type Target = {
  readonly table: Table;
  readonly id: string;
  /** External version: microseconds since 1970. */
  readonly version: bigint;
  /** In their order; the last one has taken the place of the others. */
  readonly changes: KeyChanges;
  /** Takes the place of the version: the document may be touched only while it is still in this state. */
  readonly unchangedSince?: DocumentState;
};

/** Which write a document in the index comes from: OpenSearch's own numbers for it. */
export type DocumentState = { readonly seqNo: number; readonly primaryTerm: number };

/** What a bulk request can do to a document. */
export type Action = 'index' | 'delete';

/** What is to be done to a document. */
export type Operation = Target & {
  readonly kind: 'operation';
  readonly action: Action;
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

const OPEN_INDEX = Buffer.from('{"index":{"_id":');
const OPEN_DELETE = Buffer.from('{"delete":{"_id":');
const LINE_FEED = 10;

/** The one operation that stands for all changes of a key, written with `writer`; what cannot be understood is set aside. */
export const composeChanges = (changes: KeyChanges, writer: JsonWriter): Composition => {
  // A lone change, which nearly all are, shows whether it can be read when it is composed.
  if (changes.length === 1) return composeUnderstood(changes, NONE, writer);
  const unreadable = new Set(changes.filter((change) => !isUnderstood(change, writer)));
  const understood = changes.filter((change) => !unreadable.has(change));
  return composeUnderstood(understood, [...unreadable], writer);
};

const NONE: KeyChanges = [];

const composeUnderstood = (
  changes: KeyChanges,
  unreadable: KeyChanges,
  writer: JsonWriter,
): Composition => {
  const last = changes.at(-1);
  const next = last && composeLast(last, changes, writer);
  const unread = next === undefined ? [...unreadable, ...changes] : unreadable;
  return { next, malformed: unread.map(withUnreadableImage) };
};

const composeLast = (
  last: Change,
  changes: KeyChanges,
  writer: JsonWriter,
): Operation | Reread | undefined => {
  const target = { table: last.table, id: last.id, version: highestVersion(changes), changes };
  if (last.effect === 'remove') return composeItem(target, undefined, writer);
  return last.image === undefined
    ? { ...target, kind: 'reread' }
    : composeItem(target, last.image, writer);
};

/** What makes the document equal to an item of its table; undefined if the item is no DynamoDB JSON. */
export const composeItem = (
  target: Target,
  item: Item | undefined,
  writer: JsonWriter,
): Operation | undefined => {
  if (item !== undefined && isIndexed(item, target.table)) return indexing(target, item, writer);
  // An item that counts as absent is read all the same: what cannot be understood deletes nothing.
  return item === undefined || isReadable(item, target.table, writer)
    ? deleting(target, writer)
    : undefined;
};

const indexing = (target: Target, item: Item, writer: JsonWriter): Operation | undefined => {
  writeAction(writer, OPEN_INDEX, target);
  if (!documentWriter(target.table)(writer, item)) {
    writer.discard();
    return undefined;
  }
  writer.character(LINE_FEED);
  return operation(target, 'index', writer.take());
};

const deleting = (target: Target, writer: JsonWriter): Operation => {
  writeAction(writer, OPEN_DELETE, target);
  return operation(target, 'delete', writer.take());
};

// Spelled out, not spread: every record of an event passes here.
const operation = (
  { table, id, version, changes }: Target,
  action: Action,
  lines: Uint8Array,
): Operation => ({ kind: 'operation', table, id, version, changes, action, lines });

const isUnderstood = ({ effect, image, table }: Change, writer: JsonWriter): boolean =>
  effect === 'remove' || image === undefined || isReadable(image, table, writer);

const isReadable = (item: Item, table: Table, writer: JsonWriter): boolean => {
  const isWritten = documentWriter(table)(writer, item);
  writer.discard();
  return isWritten;
};

const writeAction = (
  writer: JsonWriter,
  open: Uint8Array,
  { id, version, unchangedSince }: Target,
): void => {
  writer.bytes(open);
  writer.string(id);
  if (unchangedSince !== undefined) {
    const { seqNo, primaryTerm } = unchangedSince;
    writer.ascii(`,"if_seq_no":${seqNo},"if_primary_term":${primaryTerm}}}\n`);
    return;
  }
  writer.bytes(versionBytes(version));
};

const versionBytes = rememberLast((version: bigint) =>
  Buffer.from(`,"version":${version},"version_type":"external_gte"}}\n`),
);

const highestVersion = (changes: KeyChanges): bigint => {
  const seconds = changes.reduce((highest, next) => Math.max(highest, next.createdAtSeconds), 0);
  return versionAt(seconds);
};
