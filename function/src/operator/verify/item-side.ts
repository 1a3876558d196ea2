import type { ReadTime } from '../../aws/dynamodb.ts';
import { type ScanPage, type ScanRequest, scanPage } from '../../aws/scan.ts';
import { ServiceError } from '../../aws/service-error.ts';
import type { Item } from '../../core/attribute-value.ts';
import { documentId } from '../../core/document-id.ts';
import type { ExpectedDocument } from '../../core/held-document.ts';
import type { IdBalance } from '../../core/id-balance.ts';
import { JsonWriter } from '../../core/json-writer.ts';
import { newSuspicion, type Suspicion } from '../../core/suspicion.ts';
import { keyOf, wrongKey } from '../known-item.ts';
import { dynamoDBNow } from '../read-time.ts';
import { holdDocuments } from './held-documents.ts';
import { inLanes } from './in-lanes.ts';
import { persist } from './persist.ts';
import { digestOf, expectedText } from './table-items.ts';
import type { Verification } from './verification.ts';

/** Which parts of a table are read: some of so many segments. */
export type Segments = { readonly chosen: readonly number[]; readonly total: number };

/**
 * Holds every item of the segments against its document. What differs is suspected; the ids of
 * documents that were found are put into the balance.
 */
export const compareItems = async (
  { chosen, total }: Segments,
  balance: IdBalance,
  verification: Verification,
): Promise<void> => {
  await inLanes(chosen, verification.options.segments, (segment) =>
    compareSegment({ segment, total }, balance, verification),
  );
};

type Segment = { readonly segment: number; readonly total: number };

const compareSegment = async (
  { segment, total }: Segment,
  balance: IdBalance,
  verification: Verification,
): Promise<void> => {
  const { table, tools } = verification;
  const writer = new JsonWriter();
  let startKey: Item | undefined; // where the next page starts
  do {
    const request = { tableName: table.name, segment, totalSegments: total, startKey };
    const page = await persist(() => scan(request, tools.signal), tools);
    tools.counts.items += page.items.length;
    for (const chunk of chunksOf(page.items, verification, writer)) {
      await compareChunk(chunk, { readTime: page.readTime, balance }, verification);
    }
    startKey = page.lastKey;
  } while (startKey !== undefined);
};

const scan = async (request: ScanRequest, signal: AbortSignal): Promise<ScanPage> => {
  try {
    return await scanPage(request, signal);
  } catch (cause) {
    throw new ServiceError('DynamoDB', `return items of the table ${request.tableName}`, cause);
  }
};

type ExpectedItem = ExpectedDocument & { readonly item: Item; readonly text: string };

// An answer to a multi-get is about as long.
const MOST_CHUNK_BYTES = 1024 * 1024;
const MOST_CHUNK_DOCUMENTS = 1000;

/** The documents that items should have, in chunks for one request each. */
function* chunksOf(
  items: readonly Item[],
  verification: Verification,
  writer: JsonWriter,
): Generator<readonly ExpectedItem[]> {
  let chunk: ExpectedItem[] = [];
  let bytes = 0; // of the chunk, or a little less
  for (const item of items) {
    const expected = expectedItem(item, verification, writer);
    if (expected === undefined) continue;
    chunk.push(expected);
    bytes += expected.text.length;
    if (chunk.length < MOST_CHUNK_DOCUMENTS && bytes < MOST_CHUNK_BYTES) continue;
    yield chunk;
    chunk = [];
    bytes = 0;
  }
  if (chunk.length > 0) yield chunk;
}

const expectedItem = (
  item: Item,
  { table, tools: { counts }, report }: Verification,
  writer: JsonWriter,
): ExpectedItem | undefined => {
  const id = documentId(item, table);
  if (id === undefined) throw new Error(wrongKey(table));
  const text = expectedText(item, table, writer);
  if (text === undefined) counts.unindexed++;
  if (text === null)
    report({ kind: 'unwritable', table, id, key: keyOf(item, table), field: undefined });
  return typeof text === 'string' ? { id, item, text } : undefined;
};

const compareChunk = async (
  chunk: readonly ExpectedItem[],
  { readTime, balance }: { readonly readTime: ReadTime; readonly balance: IdBalance },
  { table, tools, suspect }: Verification,
): Promise<void> => {
  const held = await holdDocuments(table, chunk, tools);
  const suspicions: Suspicion[] = [];
  for (const [at, document] of held.entries()) {
    const expected = chunk[at];
    if (expected === undefined) continue;
    if (document.kind !== 'absent') balance.add(expected.id, 1);
    if (document.kind === 'equal') continue;
    const { id, item, text } = expected;
    const look = { expected: digestOf(text), held: document, now: dynamoDBNow(readTime) * 1000 };
    suspicions.push(newSuspicion({ id, key: keyOf(item, table) }, look));
  }
  tools.counts.compared += chunk.length;
  await suspect(suspicions);
};
