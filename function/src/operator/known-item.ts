import type { ReadTime } from '../aws/dynamodb.ts';
import type { Item } from '../core/attribute-value.ts';
import type { Change } from '../core/change.ts';
import { documentId } from '../core/document-id.ts';
import { keyAttributes } from '../core/item-key.ts';
import type { StreamRecord } from '../core/stream-record.ts';
import type { Table } from '../core/table.ts';
import { writingSeconds } from './read-time.ts';

/** An item of a table that no record of its stream tells of: its key, and the item where it was read. */
export type KnownItem = {
  readonly table: Table;
  readonly key: Item;
  readonly item?: Item | undefined;
};

/**
 * What is known of an item in the form that the core works on: a change, with a record like those of
 * the stream but without a sequence number.
 *
 * @throws Error when the item does not have the key that the configuration says
 */
export const changeOf = (
  { table, key, item }: KnownItem,
  readTime: ReadTime | undefined,
  position: number,
): Change => {
  const id = documentId(key, table);
  if (id === undefined) throw new Error(wrongKey(table));
  const createdAtSeconds = readTime ? writingSeconds(readTime) : 0;
  return {
    kind: 'change',
    record: recordOf({ table, key, item }, createdAtSeconds),
    table,
    position,
    id,
    keys: key,
    createdAtSeconds,
    effect: 'put',
    image: item,
  };
};

const recordOf = ({ key, item }: KnownItem, createdAtSeconds: number): StreamRecord => ({
  eventName: item === undefined ? 'MODIFY' : 'INSERT',
  eventSource: 'aws:dynamodb',
  dynamodb: {
    ApproximateCreationDateTime: createdAtSeconds,
    Keys: key,
    ...(item && { NewImage: item }),
  },
});

/** What to say of an item without the key that the configuration says. */
export const wrongKey = (table: Table): string => {
  const keys = keyAttributes(table).map(({ name, type }) => `${name} (${type})`);
  return `an item of ${table.name} does not have the key that the configuration says, ${keys.join(' and ')}: run terraform apply, which reads the key from the table`;
};
