import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../function/src/core/operation.ts';
import { halves, type Page, pageBody, pagesOf } from '../../../function/src/core/page.ts';
import { anOperationOf, aTable } from '../../support/records.ts';

const sizes = fc.array(fc.integer({ min: 1, max: 120 }), { maxLength: 30 });
const limits = fc.integer({ min: 1, max: 200 });

const operationsOf = (bytes: readonly number[]): readonly Operation[] =>
  bytes.map((size, index) => anOperationOf(size, { id: `k${index}` }));

const bytesOf = (page: Page): number => page.reduce((sum, { lines }) => sum + lines.length, 0);

describe('pages', () => {
  test('never exceed their size, except by one operation that is larger and alone', () => {
    fc.assert(
      fc.property(sizes, limits, (bytes, limit) => {
        const large = [...pagesOf(operationsOf(bytes), limit)].filter(
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
        expect([...pagesOf(operations, limit)].flat()).toEqual(operations);
      }),
    );
  });

  test('end only where the next operation does not fit', () => {
    fc.assert(
      fc.property(sizes, limits, (bytes, limit) => {
        const pages = [...pagesOf(operationsOf(bytes), limit)];
        const room = pages.slice(1).map(([first], index) => {
          const before = pages[index];
          return (before ? bytesOf(before) : 0) + first.lines.length;
        });
        expect(room.every((together) => together > limit)).toBe(true);
      }),
    );
  });

  test('fill their size to the last byte', () => {
    const pages = [...pagesOf(operationsOf([60, 40, 1]), 100)];
    expect(pages.map((page) => page.length)).toEqual([2, 1]);
  });

  test('hold operations of one table each', () => {
    const tables = [aTable(), aTable({ name: 'Users', index: 'users' })];
    const ofTables = fc.array(fc.constantFrom(...tables), { maxLength: 10 });
    fc.assert(
      fc.property(ofTables, (all) => {
        const operations = all.map((table) => anOperationOf(1, { table }));
        for (const page of pagesOf(operations, 100)) {
          expect(new Set(page.map(({ table }) => table)).size).toBe(1);
        }
      }),
    );
  });

  test('of no operations there are none', () => {
    expect([...pagesOf([], 100)]).toEqual([]);
  });

  test('draw no more operations than the page and the one that did not fit', () => {
    let drawn = 0;
    function* counted(): Generator<Operation> {
      for (const operation of operationsOf([50, 50, 50, 50, 50])) {
        drawn += 1;
        yield operation;
      }
    }
    pagesOf(counted(), 100).next();
    expect(drawn).toBe(3);
  });
});

test('the body of a page is the lines of its operations', () => {
  const [page] = pagesOf(operationsOf([4, 2]), 100);
  expect(page && pageBody(page).toString()).toBe('k0k0k1');
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
