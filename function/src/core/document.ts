import type { Item } from './attribute-value.ts';
import { bfansportsDocumentWriter } from './bfansports-document.ts';
import { exactDocumentWriter } from './exact-document.ts';
import type { Write } from './json-values.ts';
import type { Table } from './table.ts';

// One writer a table, for as long as the table is known: V8 discards what it has optimized together with the
// functions it was optimized for, and functions made anew for every event cost more than all they write.
const writers = new WeakMap<Table, Write<Item>>();

/**
 * The writer of a table's documents (contract §9), with its profile and its choice of attributes.
 * It answers false for an item that is not DynamoDB JSON, such as one with an unknown type descriptor;
 * what it has written until then is to be discarded.
 */
export const documentWriter = (table: Table): Write<Item> => {
  const known = writers.get(table);
  if (known !== undefined) return known;
  const makeWriter = table.profile === 'exact' ? exactDocumentWriter : bfansportsDocumentWriter;
  const writer = makeWriter(attributeFilter(table));
  writers.set(table, writer);
  return writer;
};

const attributeFilter = (table: Table): ((name: string) => boolean) => {
  const keys = new Set([table.partitionKey.name, table.sortKey?.name]);
  return (name) => keys.has(name) || (table.include?.has(name) ?? !table.exclude.has(name));
};
