import type { Operation } from './operation.ts';
import { type StreamRecord, sizeBytesOf } from './stream-record.ts';

/** The operations of one bulk request: all of one index, no two of one document. */
export type Page = readonly [Operation, ...Operation[]];

/** How much a page may hold. */
export type PageLimits = {
  /** An operation that is larger stands alone. */
  readonly bytes: number;
  readonly operations: number;
};

const LARGEST_BYTES = 1024 * 1024;
const SMALLEST_SHARED_BYTES = 64 * 1024; // below it a second request costs more than it gains (docs/benchmarks.md)

/** Limits by which an event goes out in two halves, so that one is composed and handled while the other is, unless it is small. */
export const pageLimitsFor = (records: readonly StreamRecord[]): PageLimits => {
  const bytes = records.reduce((sum, record) => sum + sizeBytesOf(record), 0);
  const parts = bytes < SMALLEST_SHARED_BYTES ? 1 : 2;
  return { bytes: LARGEST_BYTES, operations: Math.ceil(records.length / parts) };
};

/**
 * Cuts operations into pages of one table each. It draws from `operations` only what the next page
 * needs, so that one page can be composed while another is on its way.
 */
export function* pagesOf(operations: Iterable<Operation>, limits: PageLimits): Generator<Page> {
  let page: [Operation, ...Operation[]] | undefined; // grows until the next operation does not fit
  let bytes = 0;
  for (const operation of operations) {
    bytes += operation.lines.length;
    const isFull = bytes > limits.bytes || page?.length === limits.operations;
    if (page?.[0].table === operation.table && !isFull) {
      page.push(operation);
      continue;
    }
    if (page !== undefined) yield page;
    page = [operation];
    bytes = operation.lines.length;
  }
  if (page !== undefined) yield page;
}

/** The body of a page's bulk request, UTF-8 NDJSON; a view, without a copy, of lines that were written in one piece. */
export const pageBody = (page: Page): Buffer => {
  const [{ lines: first }] = page;
  let end = first.byteOffset; // of what lies in one piece
  for (const { lines } of page) {
    if (lines.buffer !== first.buffer || lines.byteOffset !== end) {
      return Buffer.concat(page.map((operation) => operation.lines));
    }
    end += lines.length;
  }
  return Buffer.from(first.buffer, first.byteOffset, end - first.byteOffset);
};

/** The two halves of a page; undefined when it holds one operation, which cannot be halved. */
export const halves = (page: Page): [Page, Page] | undefined => {
  const middle = Math.ceil(page.length / 2);
  const [first, ...rest] = page;
  const [second, ...last] = page.slice(middle);
  return (
    second && [
      [first, ...rest.slice(0, middle - 1)],
      [second, ...last],
    ]
  );
};
