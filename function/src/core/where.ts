import { type AttributeValue, attribute, type Item } from './attribute-value.ts';
import { plainDecimal } from './decimal.ts';
import type { Table } from './table.ts';

/** Whether an item of the table is to have a document: it matches every condition of `where`. */
export const isIndexed = (item: Item, table: Table): boolean => {
  for (const [name, allowed] of table.where) {
    const text = comparableText(attribute(item, name));
    if (text === undefined || !allowed.has(text)) return false;
  }
  return true;
};

const comparableText = (value: AttributeValue | undefined): string | undefined => {
  if (value?.S !== undefined) return value.S;
  if (typeof value?.N === 'string') return plainDecimal(value.N);
  return value?.BOOL === undefined ? undefined : String(value.BOOL);
};
