import type { Item } from '../../function/src/core/attribute-value.ts';
import { askDynamoDB } from '../support/ask-dynamodb.ts';
import type { TableShape } from './history.ts';
import { attributesOf } from './item.ts';
import { type Key, keyOf } from './keys.ts';
import type { Content, Write } from './step.ts';
import type { RecordedChange } from './table-stream.ts';

/** Writes to a real table, one write of a key at a time, and tells of each change as its stream would. */
export type TableWriter = {
  readonly write: (write: Write) => Promise<void>;
};

/** What a writer works with. */
export type TableWriterParts = {
  readonly dynamoDBUrl: string;
  readonly name: string;
  readonly shape: TableShape;
  readonly onChange: (change: Omit<RecordedChange, 'createdEpochSeconds'>) => void;
};

/** A change of one item: what it is to hold, or null for nothing. */
type Change = { readonly key: number; readonly content: Content | null };

/** Creates the writer of a table. */
export const createTableWriter = (parts: TableWriterParts): TableWriter => {
  const items = new Map<number, Item>(); // as the table has them
  const state = { version: 0 };
  const ask = (operation: string, request: object) =>
    askDynamoDB(parts.dynamoDBUrl, operation, { TableName: parts.name, ...request });
  const attributes = (content: Content) => attributesOf(content, ++state.version);
  const key = (number: number): Key => keyOf(number, parts.shape.keyTypes);
  const itemOf = (number: number, content: Content): Item => ({
    ...key(number).spelled,
    ...attributes(content),
  });

  // The image is what the table itself returns: numbers are canonical there, as they are in a stream.
  const tell = async (number: number, isExpired = false): Promise<void> => {
    const { spelled, id } = key(number);
    const answer = await ask('GetItem', { Key: spelled, ConsistentRead: true });
    const after: Item | undefined = JSON.parse(answer).Item;
    const before = items.get(number);
    if (after === undefined) items.delete(number);
    else items.set(number, after);
    if (before === undefined && after === undefined) return;
    parts.onChange({ id, keys: spelled, before, after, isExpired });
  };
  const misspeak = (number: number): void => {
    const { spelled, id } = key(number);
    const item = items.get(number);
    const isMalformed = true;
    parts.onChange({ id, keys: spelled, before: item, after: item, isExpired: false, isMalformed });
  };
  const change = async ({ key: number, content }: Change): Promise<void> => {
    if (content === null) await ask('DeleteItem', { Key: key(number).spelled });
    else await ask('PutItem', { Item: itemOf(number, content) });
    await tell(number);
  };
  const update = async (number: number, content: Content): Promise<void> => {
    await ask('UpdateItem', { Key: key(number).spelled, ...settingAll(attributes(content)) });
    await tell(number);
  };
  const transact = async (changes: readonly Change[]): Promise<void> => {
    const TransactItems = changes.map(({ key: number, content }) =>
      content === null
        ? { Delete: { TableName: parts.name, Key: key(number).spelled } }
        : { Put: { TableName: parts.name, Item: itemOf(number, content) } },
    );
    await ask('TransactWriteItems', { TransactItems });
    for (const { key: number } of changes) await tell(number);
  };
  return {
    write: async (write) => {
      switch (write.kind) {
        case 'put':
          return change(write);
        case 'update':
          return update(write.key, write.content);
        case 'delete':
          return change({ key: write.key, content: null });
        case 'expire':
          await ask('DeleteItem', { Key: key(write.key).spelled });
          return tell(write.key, true);
        case 'malformed':
          return misspeak(write.key);
        case 'recreate':
          await change({ key: write.key, content: null });
          return change(write);
        case 'burst':
          for (const content of write.contents) await change({ key: write.key, content });
          return;
        case 'transact':
          return transact(write.changes);
      }
    },
  };
};

/** An update that sets attributes one by one, and takes away the one that makes a name no path. */
const settingAll = (attributes: Item) => {
  const entries = Object.entries(attributes);
  const names = {
    '#gone': 'no..path',
    ...Object.fromEntries(entries.map(([name], at) => [`#${at}`, name])),
  };
  const isSet = attributes['no..path'] !== undefined;
  const { '#gone': _, ...set } = names;
  return {
    UpdateExpression: `SET ${entries.map((_entry, at) => `#${at} = :${at}`).join(', ')}${isSet ? '' : ' REMOVE #gone'}`,
    ExpressionAttributeNames: isSet ? set : names,
    ExpressionAttributeValues: Object.fromEntries(
      entries.map(([, value], at) => [`:${at}`, value]),
    ),
  };
};
