import { attribute, type Item } from './attribute-value.ts';
import type { KeyAttribute, Table } from './table.ts';

/** The attributes that a table's key is made of: one, or two. */
export const keyAttributes = ({ partitionKey, sortKey }: Table): readonly KeyAttribute[] =>
  sortKey === undefined ? [partitionKey] : [partitionKey, sortKey];

/** The key attributes of an item; without those that it does not have. */
export const keyOf = (item: Item, { partitionKey, sortKey }: Table): Item => {
  const partition = attribute(item, partitionKey.name);
  const sort = sortKey && attribute(item, sortKey.name);
  return {
    ...(partition && { [partitionKey.name]: partition }),
    ...(sort && { [sortKey.name]: sort }),
  };
};
