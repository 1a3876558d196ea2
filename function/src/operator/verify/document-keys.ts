import type { Item } from '../../core/attribute-value.ts';
import { keyInDocument, keyInId } from '../../core/document-key.ts';
import type { Table } from '../../core/table.ts';
import type { Asking } from './ask-open-search.ts';
import { holdDocuments } from './held-documents.ts';

/** The keys of items that documents stand for, by id; without those that nobody can tell, which no item can have made. */
export const keysOfDocuments = async (
  ids: readonly string[],
  table: Table,
  tools: Asking,
): Promise<ReadonlyMap<string, Item>> => {
  const keys = new Map<string, Item>();
  const untold: string[] = []; // by their ids alone
  for (const id of ids) {
    const key = keyInId(id, table);
    if (key === undefined) untold.push(id);
    else keys.set(id, key);
  }
  if (untold.length === 0) return keys;
  const expected = untold.map((id) => ({ id, text: undefined }));
  for (const [at, held] of (await holdDocuments(table, expected, tools)).entries()) {
    const id = untold[at] ?? '';
    const source = held.kind === 'different' ? held.source : undefined;
    const key = source === undefined ? undefined : keyInDocument(id, source, table);
    if (key !== undefined) keys.set(id, key);
  }
  return keys;
};
