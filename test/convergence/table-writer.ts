import type { Item } from '../../function/src/core/attribute-value.ts';
import { askDynamoDB } from '../support/ask-dynamodb.ts';
import type { TableShape } from './history.ts';
import { attributesOf } from './item.ts';
import { type Key, keyOf } from './keys.ts';
import { settingAll } from './setting-all.ts';
import type { Content, Write } from './step.ts';
import type { RecordedChange } from './table-stream.ts';

/** What a writer works with. */
export type TableWriterParts = {
  readonly dynamoDBUrl: string;
  readonly name: string;
  readonly shape: TableShape;
  readonly onChange: (change: Omit<RecordedChange, 'createdEpochSeconds'>) => void;
};

/** Writes to a real table, one write of a key at a time, and tells of each change as its stream would. */
export const createTableWriter = (parts: TableWriterParts): ((write: Write) => Promise<void>) => {
  const writer: Writer = { ...parts, items: new Map(), version: 0 };
  return (write) => perform(write, writer);
};

type Writer = TableWriterParts & {
  /** As the table has them, by the number of the key. */
  readonly items: Map<number, Item>;
  /** Of the item that was written last. */
  version: number;
};

const perform = async (write: Write, writer: Writer): Promise<void> => {
  switch (write.kind) {
    case 'put':
      return put(write, writer);
    case 'update':
      return update(write, writer);
    case 'delete':
      return put({ key: write.key, content: null }, writer);
    case 'expire':
      return expire(write.key, writer);
    case 'malformed':
      return misspeak(write.key, writer);
    case 'recreate':
      await put({ key: write.key, content: null }, writer);
      return put(write, writer);
    case 'burst':
      for (const content of write.contents) await put({ key: write.key, content }, writer);
      return;
    case 'transact':
      return transact(write.changes, writer);
  }
};

/** A change of one item: what it is to hold, or null for nothing. */
type Change = { readonly key: number; readonly content: Content | null };

const put = async ({ key, content }: Change, writer: Writer): Promise<void> => {
  if (content === null) await ask('DeleteItem', { Key: keyIn(writer, key).spelled }, writer);
  else await ask('PutItem', { Item: itemOf(key, content, writer) }, writer);
  await tell(key, writer);
};

const update = async (
  { key, content }: { readonly key: number; readonly content: Content },
  writer: Writer,
): Promise<void> => {
  const attributes = attributesOf(content, nextVersion(writer));
  await ask('UpdateItem', { Key: keyIn(writer, key).spelled, ...settingAll(attributes) }, writer);
  await tell(key, writer);
};

const expire = async (key: number, writer: Writer): Promise<void> => {
  await ask('DeleteItem', { Key: keyIn(writer, key).spelled }, writer);
  await tell(key, writer, { isExpired: true });
};

const transact = async (changes: readonly Change[], writer: Writer): Promise<void> => {
  const TableName = writer.name;
  const TransactItems = changes.map(({ key, content }) =>
    content === null
      ? { Delete: { TableName, Key: keyIn(writer, key).spelled } }
      : { Put: { TableName, Item: itemOf(key, content, writer) } },
  );
  await ask('TransactWriteItems', { TransactItems }, writer);
  for (const { key } of changes) await tell(key, writer);
};

const misspeak = (key: number, { shape, items, onChange }: Writer): void => {
  const { spelled, id } = keyOf(key, shape.keyTypes);
  const item = items.get(key);
  const change = { id, keys: spelled, before: item, after: item };
  onChange({ ...change, isExpired: false, isMalformed: true });
};

// The image is what the table itself returns: numbers are canonical there, as they are in a stream.
const tell = async (key: number, writer: Writer, { isExpired = false } = {}): Promise<void> => {
  const { spelled, id } = keyIn(writer, key);
  const answer = await ask('GetItem', { Key: spelled, ConsistentRead: true }, writer);
  const after: Item | undefined = JSON.parse(answer).Item;
  const before = writer.items.get(key);
  if (after === undefined) writer.items.delete(key);
  else writer.items.set(key, after);
  if (before === undefined && after === undefined) return;
  writer.onChange({ id, keys: spelled, before, after, isExpired });
};

const ask = (operation: string, request: object, { dynamoDBUrl, name }: Writer): Promise<string> =>
  askDynamoDB(dynamoDBUrl, operation, { TableName: name, ...request });

const keyIn = ({ shape }: Writer, key: number): Key => keyOf(key, shape.keyTypes);

const itemOf = (key: number, content: Content, writer: Writer): Item => ({
  ...keyIn(writer, key).spelled,
  ...attributesOf(content, nextVersion(writer)),
});

const nextVersion = (writer: Writer): number => {
  writer.version += 1;
  return writer.version;
};
