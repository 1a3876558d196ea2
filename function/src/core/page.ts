import type { Operation } from './operation.ts';

/** The operations of one bulk request: all of one index, no two of one document. */
export type Page = readonly [Operation, ...Operation[]];

/**
 * Cuts operations into pages of one table and at most `limitBytes`; an operation that is larger stands alone. It
 * draws from `operations` only what the next page needs, so that one page can be composed while
 * another is on its way; that the server has work soon, the first page may be smaller, and each that
 * follows twice as large.
 */
export function* pagesOf(
  operations: Iterable<Operation>,
  limitBytes: number,
  firstBytes = limitBytes,
): Generator<Page> {
  let page: [Operation, ...Operation[]] | undefined; // grows until the next operation does not fit
  let bytes = 0;
  let roomBytes = firstBytes; // of this page
  for (const operation of operations) {
    bytes += operation.lines.length;
    if (page?.[0].table === operation.table && bytes <= roomBytes) {
      page.push(operation);
      continue;
    }
    if (page !== undefined) {
      yield page;
      roomBytes = Math.min(limitBytes, roomBytes * 2);
    }
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
