import { type ScanRequest, scanPage } from '../../aws/scan.ts';
import type { Item } from '../../core/attribute-value.ts';
import { documentId } from '../../core/document-id.ts';
import type { ExpectedDocument, HeldDocument } from '../../core/held-document.ts';
import type { IdBalance } from '../../core/id-balance.ts';
import { keyOf } from '../../core/item-key.ts';
import { JsonWriter } from '../../core/json-writer.ts';
import { newSuspicion, type Suspicion } from '../../core/suspicion.ts';
import { wrongKey } from '../known-item.ts';
import { dynamoDBNow } from '../read-time.ts';
import { askPatiently } from './ask-patiently.ts';
import { holdDocuments } from './held-documents.ts';
import { digestOf, expectedText } from './table-items.ts';
import type { Difference, Verification } from './verification.ts';

/** How far the items of a segment have been compared. */
export type SegmentPosition = {
  readonly segment: number;
  readonly total: number;
  /** Where the next page starts; null at the beginning. */
  startKey: Item | null;
  isAtEnd: boolean;
};

/** The beginning of one of so many segments. */
export const beginningOf = (segment: number, total: number): SegmentPosition => ({
  segment,
  total,
  startKey: null,
  isAtEnd: false,
});

/**
 * Holds every item of a segment from a position on against its document, until it is at its end or
 * work is to end; one page at least. What differs is suspected; the ids of documents that were found are put into
 * the balance. The position is moved with what was counted of a page, at once.
 */
export const compareSegment = async (
  position: SegmentPosition,
  balance: IdBalance,
  verification: Verification,
): Promise<void> => {
  const { ending } = verification.tools;
  const writer = new JsonWriter();
  while (!position.isAtEnd) {
    const page = await readPage(position, verification, writer);
    const suspicions = enterPage(page, await holdPage(page, verification), {
      ...verification,
      balance,
    });
    position.startKey = page.lastKey ?? null;
    position.isAtEnd = page.lastKey === undefined;
    await verification.suspect(suspicions);
    if (ending?.aborted) return;
  }
};

// Their documents are asked for at once. Larger pages are hardly faster, and what outlives a young generation of
// the heap on its way through takes memory that grows with the table (measured).
const PAGE_ITEMS = 500;

/** A page of the table. Of an item only what is needed later is kept, so that all else is gone before OpenSearch answers. */
type ExpectedPage = {
  readonly items: number;
  readonly unindexed: number;
  readonly documents: readonly ExpectedItem[];
  readonly unwritable: readonly Difference[];
  /** When it was read, by DynamoDB's clock, in microseconds since 1970. */
  readonly readAt: number;
  readonly lastKey: Item | undefined;
};

type ExpectedItem = ExpectedDocument & { readonly key: Item; readonly text: string };

const readPage = async (
  { segment, total: totalSegments, startKey }: SegmentPosition,
  { table, tools }: Verification,
  writer: JsonWriter,
): Promise<ExpectedPage> => {
  const place = { segment, totalSegments, startKey: startKey ?? undefined };
  const request: ScanRequest = { tableName: table.name, ...place, limit: PAGE_ITEMS };
  const page = await askPatiently(() => scanPage(request, tools.signal), tools);
  const { items, lastKey } = page;
  const readAt = dynamoDBNow(page.readTime) * 1000;
  const documents: ExpectedItem[] = [];
  const unwritable: Difference[] = [];
  for (const item of items) {
    const id = documentId(item, table);
    if (id === undefined) throw new Error(wrongKey(table));
    const text = expectedText(item, table, writer);
    if (typeof text === 'string') documents.push({ id, key: keyOf(item, table), text });
    else if (text === null)
      unwritable.push({ kind: 'unwritable', table, id, key: keyOf(item, table), field: undefined });
  }
  const unindexed = items.length - documents.length - unwritable.length;
  return { items: items.length, unindexed, documents, unwritable, readAt, lastKey };
};

const holdPage = async (
  { documents }: ExpectedPage,
  { table, tools }: Verification,
): Promise<readonly HeldDocument[]> =>
  documents.length === 0 ? [] : holdDocuments(table, documents, tools);

/** Counts what a page has come to; returns what is to be suspected. */
const enterPage = (
  { items, unindexed, documents, unwritable, readAt: now }: ExpectedPage,
  held: readonly HeldDocument[],
  { tools: { counts }, report, balance }: Verification & { readonly balance: IdBalance },
): readonly Suspicion[] => {
  counts.items += items;
  counts.unindexed += unindexed;
  counts.compared += documents.length;
  for (const difference of unwritable) report(difference);
  const suspicions: Suspicion[] = [];
  for (const [at, document] of held.entries()) {
    const expected = documents[at];
    if (expected === undefined) continue;
    if (document.kind !== 'absent') balance.add(expected.id, 1);
    if (document.kind === 'equal') continue;
    const look = { expected: digestOf(expected.text), held: document, now };
    suspicions.push(newSuspicion(expected, look));
  }
  return suspicions;
};
