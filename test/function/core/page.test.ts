import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonWriter } from '../../../function/src/core/json-writer.ts';
import type { Operation } from '../../../function/src/core/operation.ts';
import {
  halves,
  type Page,
  pageBody,
  pageLimitsFor,
  pagesOf,
} from '../../../function/src/core/page.ts';
import type { StreamRecord } from '../../../function/src/core/stream-record.ts';
import { anOperation, anOperationOf, aTable } from '../../support/records.ts';

const sizes = fc.array(fc.integer({ min: 1, max: 120 }), { maxLength: 30 });
const limits = fc.integer({ min: 1, max: 200 });

const operationsOf = (bytes: readonly number[]): readonly Operation[] =>
  bytes.map((size, index) => anOperationOf(size, { id: `k${index}` }));

const bytesOf = (page: Page): number => page.reduce((sum, { lines }) => sum + lines.length, 0);

describe('pages', () => {
  test('never exceed their size, except by one operation that is larger and alone', () => {
    fc.assert(
      fc.property(sizes, limits, (bytes, limit) => {
        const large = [...pagesOf(operationsOf(bytes), { bytes: limit, operations: 100 })].filter(
          (page) => bytesOf(page) > limit,
        );
        expect(large.every((page) => page.length === 1)).toBe(true);
      }),
    );
  });

  test('hold all operations in their order', () => {
    fc.assert(
      fc.property(sizes, limits, (bytes, limit) => {
        const operations = operationsOf(bytes);
        expect([...pagesOf(operations, { bytes: limit, operations: 100 })].flat()).toEqual(
          operations,
        );
      }),
    );
  });

  test('end only where the next operation does not fit', () => {
    fc.assert(
      fc.property(sizes, limits, (bytes, limit) => {
        const pages = [...pagesOf(operationsOf(bytes), { bytes: limit, operations: 100 })];
        const room = pages.slice(1).map(([first], index) => {
          const before = pages[index];
          return (before ? bytesOf(before) : 0) + first.lines.length;
        });
        expect(room.every((together) => together > limit)).toBe(true);
      }),
    );
  });

  test('fill their size to the last byte', () => {
    const pages = [...pagesOf(operationsOf([60, 40, 1]), { bytes: 100, operations: 100 })];
    expect(pages.map((page) => page.length)).toEqual([2, 1]);
  });

  test('hold operations of one table each', () => {
    const tables = [aTable(), aTable({ name: 'Users', index: 'users' })];
    const ofTables = fc.array(fc.constantFrom(...tables), { maxLength: 10 });
    fc.assert(
      fc.property(ofTables, (all) => {
        const operations = all.map((table) => anOperationOf(1, { table }));
        for (const page of pagesOf(operations, { bytes: 100, operations: 100 })) {
          expect(new Set(page.map(({ table }) => table)).size).toBe(1);
        }
      }),
    );
  });

  test('hold no more operations than they may', () => {
    const pages = [...pagesOf(operationsOf([1, 1, 1, 1, 1]), { bytes: 100, operations: 2 })];
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
  });

  test('of no operations there are none', () => {
    expect([...pagesOf([], { bytes: 100, operations: 100 })]).toEqual([]);
  });

  test('draw no more operations than the page and the one that did not fit', () => {
    let drawn = 0;
    function* counted(): Generator<Operation> {
      for (const operation of operationsOf([50, 50, 50, 50, 50])) {
        drawn += 1;
        yield operation;
      }
    }
    pagesOf(counted(), { bytes: 100, operations: 100 }).next();
    expect(drawn).toBe(3);
  });
});

describe('the limits of pages', () => {
  const recordsOf = (count: number, sizeBytes: unknown): readonly StreamRecord[] =>
    Array.from({ length: count }, () => ({ dynamodb: { SizeBytes: sizeBytes as number } }));

  test('let a small event go out in one request', () => {
    expect(pageLimitsFor(recordsOf(101, 600)).operations).toBe(101);
  });

  test('let a larger one go out in two halves', () => {
    expect(pageLimitsFor(recordsOf(101, 700)).operations).toBe(51);
  });

  test('the border is 64 KB, and no page is larger than a megabyte', () => {
    expect(pageLimitsFor(recordsOf(2, 32 * 1024)).operations).toBe(1);
    expect(pageLimitsFor(recordsOf(2, 32 * 1024 - 1)).operations).toBe(2);
    expect(pageLimitsFor(recordsOf(2, 1)).bytes).toBe(1_048_576);
  });

  test.each([undefined, null, '70000'])('take a size of %s for none', (sizeBytes) => {
    expect(pageLimitsFor([...recordsOf(4, sizeBytes), {}]).operations).toBe(5);
  });
});

describe('the body of a page', () => {
  /** A page of these texts, written one after the other; those in brackets are thrown away. */
  const pageOf = (texts: readonly string[], writer = new JsonWriter()): Page => {
    const operations = texts.flatMap((text) => {
      writer.string(text);
      if (text.startsWith('[')) writer.discard();
      return text.startsWith('[') ? [] : anOperation({ lines: writer.take() });
    });
    const [first, ...rest] = operations;
    if (first === undefined) throw new Error('a page holds one operation at least');
    return [first, ...rest];
  };

  test('is the lines of its operations, wherever they lie', () => {
    const texts = fc.constantFrom('a', 'é', '[thrown away]', 'x'.repeat(10_000));
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 20 }), (all) => {
        const page = pageOf(['first', ...all]);
        expect(pageBody(page).equals(Buffer.concat(page.map(({ lines }) => lines)))).toBe(true);
      }),
    );
  });

  test('is no copy of lines that were written in one piece', () => {
    const page = pageOf(['a', '[thrown away]', 'b', 'c']);
    expect(pageBody(page).buffer).toBe(page[0].lines.buffer);
  });

  test('holds nothing but its lines', () => {
    const writer = new JsonWriter();
    const [, page] = [['a'], ['b', 'c'], ['d']].map((texts) => pageOf(texts, writer));
    expect(page && pageBody(page).toString()).toBe('"b""c"');
  });

  test('has its lines in their order though they lie otherwise', () => {
    const [first, second] = pageOf(['a', 'b']);
    expect(second && pageBody([second, first]).toString()).toBe('"b""a"');
  });

  test('leaves out what was written between its lines', () => {
    const [first, , third] = pageOf(['a', 'b', 'c']);
    expect(third && pageBody([first, third]).toString()).toBe('"a""c"');
  });

  test('is whole where its lines follow each other, but in two chunks', () => {
    const page = [pageOf(['a'])[0], pageOf(['x', 'b']).at(1) ?? anOperation()] as const;
    expect(pageBody(page).toString()).toBe('"a""b"');
  });
});

describe('the halves of a page', () => {
  const pageOf = (length: number): Page => {
    const [first, ...rest] = operationsOf(new Array<number>(length).fill(1));
    if (first === undefined) throw new Error('a page holds one operation at least');
    return [first, ...rest];
  };

  const idsOf = (operations: readonly Operation[] = []) => operations.map(({ id }) => id);

  test('together are the page', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 50 }), (length) => {
        expect(idsOf(halves(pageOf(length))?.flat())).toEqual(idsOf(pageOf(length)));
      }),
    );
  });

  test('differ by one operation at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 50 }), (length) => {
        const [one, other] = halves(pageOf(length)) ?? [];
        expect((one?.length ?? 0) - (other?.length ?? 0)).toBe(length % 2);
      }),
    );
  });

  test('do not exist where it holds one operation', () => {
    expect(halves(pageOf(1))).toBeUndefined();
  });
});
