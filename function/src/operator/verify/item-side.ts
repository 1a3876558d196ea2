import type { ReadTime } from '../../aws/dynamodb.ts';
import { type ScanRequest, scanPage } from '../../aws/scan.ts';
import type { Item } from '../../core/attribute-value.ts';
import { documentId } from '../../core/document-id.ts';
import type { ExpectedDocument } from '../../core/held-document.ts';
import type { IdBalance } from '../../core/id-balance.ts';
import { keyOf } from '../../core/item-key.ts';
import { JsonWriter } from '../../core/json-writer.ts';
import { newSuspicion, type Suspicion } from '../../core/suspicion.ts';
import { wrongKey } from '../known-item.ts';
import { dynamoDBNow } from '../read-time.ts';
import { askPatiently } from './ask-patiently.ts';
import { holdDocuments } from './held-documents.ts';
import { inLanes } from './in-lanes.ts';
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
  await inLanes(chosen, verification.options.workers, (segment) =>
    compareSegment({ segment, total }, balance, verification),
  );
};

type Segment = { readonly segment: number; readonly total: number };

const compareSegment = async (
  { segment, total }: Segment,
  balance: IdBalance,
  verification: Verification,
): Promise<void> => {
  const tableName = verification.table.name;
  const writer = new JsonWriter();
  let startKey: Item | undefined; // where the next page starts
  do {
    const request = { tableName, segment, totalSegments: total, startKey, limit: PAGE_ITEMS };
    const page = await readPage(request, verification, writer);
    await comparePage(page, balance, verification);
    startKey = page.lastKey;
  } while (startKey !== undefined);
};

// Their documents are asked for at once. Larger pages are hardly faster, and what outlives a young generation of
// the heap on its way through takes memory that grows with the table (measured).
const PAGE_ITEMS = 500;

/** A page of the table. Of an item only what is needed later is kept, so that all else is gone before OpenSearch answers. */
type ExpectedPage = {
  readonly documents: readonly ExpectedItem[];
  readonly readTime: ReadTime;
  readonly lastKey: Item | undefined;
};

type ExpectedItem = ExpectedDocument & { readonly key: Item; readonly text: string };

const readPage = async (
  request: ScanRequest,
  verification: Verification,
  writer: JsonWriter,
): Promise<ExpectedPage> => {
  const { counts, signal } = verification.tools;
  const page = await askPatiently(() => scanPage(request, signal), verification.tools);
  counts.items += page.items.length;
  const documents = page.items.flatMap((item) => expectedItem(item, verification, writer) ?? []);
  return { documents, readTime: page.readTime, lastKey: page.lastKey };
};

const expectedItem = (
  item: Item,
  { table, tools: { counts }, report }: Verification,
  writer: JsonWriter,
): ExpectedItem | undefined => {
  const id = documentId(item, table);
  if (id === undefined) throw new Error(wrongKey(table));
  const text = expectedText(item, table, writer);
  if (typeof text === 'string') return { id, key: keyOf(item, table), text };
  if (text === undefined) counts.unindexed++;
  else report({ kind: 'unwritable', table, id, key: keyOf(item, table), field: undefined });
  return undefined;
};

const comparePage = async (
  { documents, readTime }: ExpectedPage,
  balance: IdBalance,
  { table, tools, suspect }: Verification,
): Promise<void> => {
  if (documents.length === 0) return;
  const now = dynamoDBNow(readTime) * 1000;
  const suspicions: Suspicion[] = [];
  for (const [at, held] of (await holdDocuments(table, documents, tools)).entries()) {
    const expected = documents[at];
    if (expected === undefined) continue;
    if (held.kind !== 'absent') balance.add(expected.id, 1);
    if (held.kind === 'equal') continue;
    suspicions.push(newSuspicion(expected, { expected: digestOf(expected.text), held, now }));
  }
  tools.counts.compared += documents.length;
  await suspect(suspicions);
};
