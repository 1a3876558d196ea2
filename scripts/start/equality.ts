import { setTimeout as pause } from 'node:timers/promises';
import type { Item } from '../../function/src/core/attribute-value.ts';
import { documentWriter } from '../../function/src/core/document.ts';
import { documentId } from '../../function/src/core/document-id.ts';
import { JsonWriter } from '../../function/src/core/json-writer.ts';
import type { Table } from '../../function/src/core/table.ts';
import { compare, type Difference, type Documents } from './comparison.ts';
import type { DynamoDB } from './dynamodb.ts';
import type { OpenSearchReader } from './opensearch.ts';

/** The two servers that are to hold the same. */
export interface Sides {
  readonly dynamodb: DynamoDB;
  readonly openSearch: OpenSearchReader;
}

/** What of them a comparison reads. */
export interface Reading {
  readonly dynamodb: Pick<DynamoDB, 'items'>;
  readonly openSearch: Pick<OpenSearchReader, 'documents'>;
}

/** How a table and its index compare. */
export interface Equality {
  readonly items: number;
  readonly documents: number;
  readonly differences: readonly Difference[];
}

const attempts = 4;

/**
 * Compares every item of a table with every document of its index.
 *
 * Both change while they are read, so a difference counts only if it is found again and again: a change on its way has
 * arrived by then.
 */
export const examineEquality = async (
  sides: Reading,
  table: Table,
  pauseMilliseconds = 1_000,
): Promise<Equality> => {
  let found = await examineOnce(sides, table);
  for (let attempt = 1; attempt < attempts && found.differences.length > 0; attempt++) {
    await pause(pauseMilliseconds);
    const suspects = new Set(found.differences.map(({ id }) => id));
    const again = await examineOnce(sides, table);
    found = { ...again, differences: again.differences.filter(({ id }) => suspects.has(id)) };
  }
  return found;
};

const examineOnce = async ({ dynamodb, openSearch }: Reading, table: Table): Promise<Equality> => {
  const items = await dynamodb.items(table.name);
  const actual = await openSearch.documents(table.index);
  const differences = compare(expectedDocuments(table, items), actual);
  return { items: items.length, documents: actual.size, differences };
};

/** The documents that the function makes of these items; throws if two of them would share an id, which none may. */
export const expectedDocuments = (table: Table, items: readonly Item[]): Documents => {
  const writer = new JsonWriter();
  const write = documentWriter(table);
  const documents = new Map<string, string>();
  for (const item of items) {
    const id = write(writer, item) ? documentId(item, table) : undefined;
    const text = Buffer.from(writer.take()).toString();
    if (id === undefined || documents.has(id))
      throw new Error(`An item of ${table.name} makes no document of its own: ${id ?? text}`);
    documents.set(id, text);
  }
  return documents;
};
