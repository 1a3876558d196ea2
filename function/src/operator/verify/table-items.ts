import { hash } from 'node:crypto';
import type { ReadTime } from '../../aws/dynamodb.ts';
import { readItems } from '../../aws/items.ts';
import type { Item } from '../../core/attribute-value.ts';
import { documentWriter } from '../../core/document.ts';
import { documentId } from '../../core/document-id.ts';
import type { JsonWriter } from '../../core/json-writer.ts';
import type { Table } from '../../core/table.ts';
import { isIndexed } from '../../core/where.ts';
import { momentNow } from '../../moment.ts';
import { type AskingPatiently, askPatiently } from './ask-patiently.ts';

/** Items by the ids of their documents, and when they were read. */
export type ItemsRead = {
  readonly items: ReadonlyMap<string, Item>;
  readonly readTime: ReadTime;
};

const LONGEST_READ_MILLISECONDS = 20_000;

/** Reads the items of up to a hundred keys, consistently, until none is left unread. */
export const readTableItems = async (
  table: Table,
  keys: readonly Item[],
  asking: AskingPatiently,
): Promise<ItemsRead> => {
  if (keys.length === 0) return NOTHING_READ;
  const items = new Map<string, Item>();
  let unread = keys;
  const readSome = async () => {
    const reading = await readItems(table.name, unread, LONGEST_READ_MILLISECONDS);
    for (const item of reading.items) items.set(documentId(item, table) ?? '', item);
    unread = reading.unread;
    if (unread.length > 0) throw new Unread(`DynamoDB left ${unread.length} keys unread`);
    return { items, readTime: reading.readTime };
  };
  return askPatiently(readSome, asking);
};

const NOTHING_READ: ItemsRead = {
  items: new Map(),
  readTime: { seconds: Number.NaN, at: momentNow() },
};

/** DynamoDB answers part of what it is asked when it is throttled. */
class Unread extends Error {}

/**
 * The JSON text of the document that an item should have: undefined where it should have none, null
 * where it makes none although it should.
 */
export const expectedText = (
  item: Item | undefined,
  table: Table,
  writer: JsonWriter,
): string | undefined | null => {
  if (item === undefined || !isIndexed(item, table)) return undefined;
  if (documentWriter(table)(writer, item)) return textOf(writer.take());
  writer.discard();
  return null;
};

const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();

/** A few bytes that stand for an expected document. */
export const digestOf = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : hash('sha256', text, 'base64').slice(0, 22);
