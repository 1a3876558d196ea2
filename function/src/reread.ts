import type { ReadTime } from './aws/dynamodb.ts';
import { causeNameOf } from './aws/service-error.ts';
import type { Item } from './core/attribute-value.ts';
import { documentId } from './core/document-id.ts';
import { keyOf } from './core/item-key.ts';
import { JsonWriter } from './core/json-writer.ts';
import { composeItem, type Operation, type Reread } from './core/operation.ts';
import type { Table } from './core/table.ts';
import type { Deadline } from './deadline.ts';
import type { SettleRereads } from './delivery.ts';
import { add } from './ledger.ts';
import type { Log } from './log.ts';

/**
 * Makes documents equal to what the table holds now, at the versions of the rereads. Only who is in
 * the order of the keys may do so: the function.
 */
export const settleByRereading: SettleRereads = async (rereads, tools) => {
  if (rereads.length === 0) return { again: [], rereads: [] };
  const { found, unread } = await rereadItems(rereads, tools);
  const writer = new JsonWriter();
  const again: Operation[] = [];
  for (const { reread, item } of found) {
    add(tools.ledger.rereads, reread.table, 1);
    const operation = composeItem(reread, item, writer);
    if (operation !== undefined) again.push(operation);
  }
  return { again, rereads: unread };
};

/** A document and its item as the table has it now; undefined when the table has none. */
export type Found = {
  readonly reread: Reread;
  readonly item: Item | undefined;
  readonly readTime: ReadTime;
};

/** What a reading came to; what is unread may be read later. */
export type RereadResult = { readonly found: readonly Found[]; readonly unread: readonly Reread[] };

type Tools = { readonly deadline: Deadline; readonly log: Log };

/**
 * Reads the items of documents from their tables. It is the one repair there is: the table is right,
 * whatever the stream and the index say.
 */
export const rereadItems = async (
  rereads: readonly Reread[],
  tools: Tools,
): Promise<RereadResult> => {
  const { MOST_KEYS } = await import('./aws/items.ts');
  const results: RereadResult[] = [];
  for (const [table, ofTable] of Map.groupBy(rereads, (reread) => reread.table)) {
    for (let start = 0; start < ofTable.length; start += MOST_KEYS) {
      results.push(await readChunk(table, ofTable.slice(start, start + MOST_KEYS), tools));
    }
  }
  return {
    found: results.flatMap(({ found }) => found),
    unread: results.flatMap(({ unread }) => unread),
  };
};

const readChunk = async (
  table: Table,
  rereads: readonly Reread[],
  { deadline, log }: Tools,
): Promise<RereadResult> => {
  const { readItems } = await import('./aws/items.ts');
  const timeoutMilliseconds = deadline.forWork();
  if (timeoutMilliseconds === 0) return { found: [], unread: rereads };
  try {
    // The key alone: what else a record names among its keys DynamoDB would refuse.
    const keys = rereads.map(({ changes }) => keyOf(changes.at(-1)?.keys ?? {}, table));
    const reading = await readItems(table.name, keys, timeoutMilliseconds);
    const items = new Map(reading.items.map((item) => [documentId(item, table), item]));
    const left = new Set(reading.unread.map((key) => documentId(key, table)));
    const read = rereads.filter(({ id }) => !left.has(id));
    return {
      found: read.map((reread) => ({
        reread,
        item: items.get(reread.id),
        readTime: reading.readTime,
      })),
      unread: rereads.filter(({ id }) => left.has(id)),
    };
  } catch (error) {
    log.warn('DynamoDB did not return items; they will be read again', {
      table: table.name,
      type: causeNameOf(error),
    });
    return { found: [], unread: rereads };
  }
};
