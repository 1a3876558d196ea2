import { at, parseObject } from '../core/json-value.ts';
import type { Table } from '../core/table.ts';
import type { Send } from '../opensearch/connection.ts';
import { indexDefinition } from '../opensearch/index-definition.ts';
import { writeIndexAmong } from './write-index.ts';

const LONGEST_MILLISECONDS = 10_000;

/**
 * Notes in the mapping of a table's index that all its documents are what the table's settings of now
 * make of its items, once that has been proved: `doctor` tells by it. False when OpenSearch did not
 * take the note, which harms nothing else. Where there is no index there is nothing to note.
 */
export const noteConversion = async (table: Table, send: Send): Promise<boolean> => {
  const path = `/${encodeURIComponent(table.index)}`;
  const found = await send({ method: 'GET', path }, LONGEST_MILLISECONDS);
  if (found.kind === 'answered' && found.status === 404) return true;
  const indexes = found.kind === 'answered' && found.status === 200 ? parseObject(found.body) : {};
  const [name, index] = writeIndexAmong(table.index, Object.entries(indexes ?? {})) ?? [];
  if (name === undefined) return false;
  // OpenSearch replaces the whole of it: what others have noted there stays.
  const meta = {
    ...Object(at(index, 'mappings', '_meta')),
    ...Object(indexDefinition(table).mappings['_meta']),
  };
  const body = Buffer.from(JSON.stringify({ _meta: meta }));
  const noting = { method: 'PUT', path: `/${encodeURIComponent(name)}/_mapping`, body } as const;
  const noted = await send(noting, LONGEST_MILLISECONDS);
  return noted.kind === 'answered' && noted.status === 200;
};
