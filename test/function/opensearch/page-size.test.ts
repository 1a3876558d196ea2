import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openPageSize, type SentPage } from '../../../function/src/opensearch/page-size.ts';
import { idsIn, onBulk, slow } from '../../support/faults.ts';
import { onStage, warmUp } from '../../support/function-stage.ts';

const SLOW = { milliseconds: 5001, answer: 'items' } as const;
const FAST = { milliseconds: 2499, answer: 'items' } as const;

/** What a page may have after pages like these. */
const mostAfter = (...pages: readonly SentPage[]): number => {
  const size = openPageSize();
  for (const page of pages) size.heed(page);
  return size.most();
};

const sentPages = fc.array(
  fc.record({
    operations: fc.integer({ min: 1, max: 5000 }),
    milliseconds: fc.integer({ min: 0, max: 30_000 }),
    answer: fc.constantFrom('items', 'again', 'too_large', 'bad_request'),
  }),
);

describe('a page', () => {
  test('may have any number of operations as long as OpenSearch is not slow', () => {
    expect(mostAfter()).toBe(Number.POSITIVE_INFINITY);
    expect(mostAfter({ operations: 250, ...FAST })).toBe(Number.POSITIVE_INFINITY);
  });

  test('has half as many operations after a slow one, in the end a single one', () => {
    expect(mostAfter({ operations: 250, ...SLOW })).toBe(125);
    expect(mostAfter({ operations: 1, ...SLOW })).toBe(1);
  });

  test('that nobody answered in time was slow', () => {
    expect(mostAfter({ operations: 250, milliseconds: 30_000, answer: 'again' })).toBe(125);
  });

  test('that was sent beside another slow one does not halve the size once more', () => {
    expect(mostAfter({ operations: 250, ...SLOW }, { operations: 250, ...SLOW })).toBe(125);
  });

  test('has twice as many operations after a fast one that had as many as it might', () => {
    const slow = { operations: 100, ...SLOW };
    expect(mostAfter(slow, { operations: 50, ...FAST })).toBe(100);
    expect(mostAfter(slow, { operations: 49, ...FAST })).toBe(50);
  });

  test('that was refused at once says nothing of how fast OpenSearch works', () => {
    const refused = { operations: 50, milliseconds: 5, answer: 'again' } as const;
    expect(mostAfter({ operations: 100, ...SLOW }, refused)).toBe(50);
  });

  test('that was neither slow nor fast changes nothing', () => {
    const between = { operations: 50, milliseconds: 4000, answer: 'items' } as const;
    expect(mostAfter({ operations: 100, ...SLOW }, between)).toBe(50);
  });

  test('may always have one operation, a whole number of them, and after fast ones as many as any event has', () => {
    fc.assert(
      fc.property(sentPages, (pages) => {
        const size = openPageSize();
        for (const page of pages) size.heed(page);
        expect(size.most()).toBeGreaterThanOrEqual(1);
        expect(size.most() === Number.POSITIVE_INFINITY || Number.isInteger(size.most())).toBe(
          true,
        );
        for (let fast = 0; fast < 14; fast++) size.heed({ operations: size.most(), ...FAST });
        expect(size.most()).toBeGreaterThanOrEqual(10_000);
      }),
    );
  });
});

describe.concurrent('an execution environment', () => {
  test('remembers that OpenSearch is slow', async () => {
    expect(await sizesAfterSlowPage('false')).toEqual([4, 4]);
  }, 120_000);

  test('does not take the wait for a refresh for slowness', async () => {
    expect(await sizesAfterSlowPage('wait_for')).toEqual([8]);
  }, 120_000);
});

/** How many operations the pages of eight records have, after a page of as many that took long. */
const sizesAfterSlowPage = async (refresh: string): Promise<readonly number[]> => {
  let sizes: readonly number[] = [];
  await onStage({ configuration: { refresh } }, async (stage) => {
    await warmUp(20_000)(stage);
    stage.openSearch.behave(onBulk(slow(5100)));
    const eight = () => Array.from({ length: 8 }, (_, at) => stage.put(`page-size-${at}`));
    await stage.invoke(eight(), 20_000);
    stage.openSearch.behave();
    const { metrics } = await stage.invoke(eight(), 20_000);
    expect(metrics).toMatchObject({ Written: 8 });
    sizes = stage.openSearch.requests.map((request) => idsIn(request).length);
  });
  return sizes;
};
