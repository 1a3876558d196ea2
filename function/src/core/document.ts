import type { Item } from './attribute-value.ts';
import { bfansportsDocumentWriter } from './bfansports-document.ts';
import { exactDocumentWriter } from './exact-document.ts';
import type { Write } from './json-values.ts';
import type { Table } from './table.ts';

/**
 * The writer of a table's documents (contract §9), with its profile and its choice of attributes.
 * It answers false for an item that is not DynamoDB JSON, such as one with an unknown type descriptor;
 * what it has written until then is to be discarded.
 */
export const documentWriter = (table: Table): Write<Item> =>
  (table.profile === 'exact' ? exactDocumentWriter : bfansportsDocumentWriter)(
    attributeFilter(table),
  );

const attributeFilter = (table: Table): ((name: string) => boolean) => {
  const keys = new Set([table.partitionKey.name, table.sortKey?.name]);
  return (name) => keys.has(name) || (table.include?.has(name) ?? !table.exclude.has(name));
};
