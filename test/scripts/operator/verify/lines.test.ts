import { describe, expect, test } from 'vitest';
import { isProved } from '../../../../function/src/operator/verify/verdict.ts';
import {
  newCounts,
  type VerificationCounts,
} from '../../../../function/src/operator/verify/verification.ts';
import type { Output } from '../../../../scripts/operator/operator-command.ts';
import { differenceLines } from '../../../../scripts/operator/verify/difference-lines.ts';
import { type Course, progressLines } from '../../../../scripts/operator/verify/progress-lines.ts';
import { type Outcome, verdictLines } from '../../../../scripts/operator/verify/verdict-lines.ts';
import { createStyle } from '../../../../scripts/terminal/style.ts';
import { aTable } from '../../../support/records.ts';

const countsOf = (parts: Partial<VerificationCounts>): VerificationCounts => ({
  ...newCounts(),
  ...parts,
});

describe('the verdict', () => {
  const linesOf = (
    counts: Partial<VerificationCounts>,
    parts: Partial<Outcome> = {},
    columns = 120,
  ) => {
    const wishes = { ...WISHES, ...parts.wishes };
    const outcome = { table: 'Orders', parameter: 'p', unshown: 0, ...parts, wishes };
    const canvas = { columns, style: createStyle(false) };
    return verdictLines({ ...outcome, counts: countsOf(counts) }, canvas);
  };
  const WISHES: Outcome['wishes'] = {
    isRepairing: false,
    samplePercent: undefined,
  };
  const repairing = { wishes: { ...WISHES, isRepairing: true } };

  test('is one line where nothing differs', () => {
    expect(linesOf({ items: 1_000_000, compared: 1_000_000 })).toEqual([
      '✓ index equals table  Orders: 1,000,000 items, each compared with its document',
    ]);
  });

  test('says that it rests on a sample', () => {
    const [line] = linesOf({ compared: 1 }, { wishes: { ...WISHES, samplePercent: 5 } });
    expect(line).toBe(
      '✓ index equals table, by a sample of 5 %  Orders: 1 item, each compared with its document',
    );
  });

  test('names the kinds that were found, what was not listed, and the command that mends them', () => {
    expect(linesOf({ items: 50_000, missing: 1200, stale: 1 }, { unshown: 1181 })).toEqual([
      '  and 1,181 more, which --verbose or --json list',
      '✗ index differs from table  Orders: 1,200 missing, 1 stale of 50,000 items',
      '  To mend it: npx dynamodb-to-opensearch verify Orders --repair --parameter p',
    ]);
  });

  test('sends whoever misses very much to the backfill', () => {
    expect(linesOf({ items: 50_000, missing: 40_000 }).at(-1)).toContain('backfill Orders');
  });

  test('tells what a repair has done, and what it could not do', () => {
    expect(linesOf({ extra: 1, repaired: 1 }, repairing)).toEqual([
      '✓ index equals table  Orders: 1 difference, repaired',
    ]);
    expect(linesOf({ items: 9, stale: 3, repaired: 2, unrepaired: 1 }, repairing)).toEqual([
      '✗ index differs from table  Orders: 3 stale of 9 items; 2 repaired',
      '  What was not repaired stays as it is, for the reason that its line names. Mend that, then repair again.',
    ]);
  });

  test('breaks between words on a narrow terminal, but never within the command to paste', () => {
    expect(linesOf({ items: 50_000, missing: 1 }, {}, 40)).toEqual([
      '✗ index differs from table  Orders: 1',
      'missing of 50,000 items',
      '  To mend it: npx dynamodb-to-opensearch verify Orders --repair --parameter p',
    ]);
  });

  test('says in the same breath how many items were never found equal', () => {
    expect(linesOf({ compared: 9, changing: 2 }, {}, 150)).toEqual([
      '✓ index equals table  Orders: 9 items, each compared with its document, 2 items changed all the while and their documents follow',
    ]);
    expect(linesOf({ extra: 1, repaired: 1, changing: 1 }, repairing, 150)).toEqual([
      '✓ index equals table  Orders: 1 difference, repaired, 1 item changed all the while and its document follows',
    ]);
    expect(linesOf({ items: 9, extra: 1, changing: 1 }, {}, 150)[0]).toMatch(
      /1 extra of 9 items, 1 item changed all the while and its document follows$/,
    );
  });

  test('proves what each document is only where all were repaired, and none changed all the while', () => {
    const proves = (counts: Partial<VerificationCounts>, wishes: Partial<Outcome['wishes']> = {}) =>
      isProved(countsOf(counts), { ...repairing.wishes, ...wishes });
    expect(proves({ stale: 1, repaired: 1 })).toBe(true);
    expect(proves({ stale: 1 })).toBe(false);
    expect(proves({ changing: 1 })).toBe(false);
    expect(proves({}, { samplePercent: 5 })).toBe(false);
    expect(proves({}, { isRepairing: false })).toBe(false);
  });

  test('adds what else was seen: items left out, and fields ignored, the worst first', () => {
    const ignored = new Map([
      ['place', 2],
      ['price', 1214],
    ]);
    expect(linesOf({ compared: 2, unindexed: 1, ignored }).slice(1)).toEqual([
      '  1 item left out by where',
      '  ! price: OpenSearch ignored it as malformed in 1,214 documents, where no search by it finds them',
      '  ! place: OpenSearch ignored it as malformed in 2 documents, where no search by it finds them',
    ]);
  });
});

test('a document that nothing reaches without its routing is told with what deletes it', () => {
  const lines: string[] = [];
  const values: object[] = [];
  const output: Output = {
    isJson: false,
    line: (text) => lines.push(text),
    json: (value) => values.push(value),
    note: () => undefined,
    progress: () => undefined,
    columns: 120,
    style: createStyle(false),
  };
  const difference = { kind: 'extra', id: 'a b', key: undefined, field: undefined } as const;
  const table = aTable({ index: 'orders' });
  differenceLines(output, false).difference({ ...difference, table, routing: 'c/d' });
  expect(lines).toEqual([
    '  extra       a b, out of reach: DELETE /orders/_doc/a%20b?routing=c%2Fd',
  ]);
  expect(values).toMatchObject([{ kind: 'extra', id: 'a b', key: null, routing: 'c/d' }]);
});

describe('the progress', () => {
  const linesOf = (counts: Partial<VerificationCounts>, parts: Partial<Course> = {}) =>
    progressLines({
      table: 'Orders',
      expectedItems: undefined,
      itemsPerSecond: 2000,
      ...parts,
      counts: countsOf(counts),
    });

  test('says first what it waits for', () => {
    const hindrance = 'OpenSearch: http_503, gives up in 1 min 30 s';
    expect(linesOf({ items: 20_000 }, { hindrance })).toEqual([
      'Orders  waiting: OpenSearch: http_503, gives up in 1 min 30 s',
      'Orders: 20,000 items, 2,000/s',
    ]);
  });

  test('says how many items were read, how fast, and how long the rest will take', () => {
    expect(linesOf({ items: 20_000 }, { expectedItems: 50_000 })).toEqual([
      'Orders: 20,000 of 50,000 items, 2,000/s, 15 s left',
    ]);
    expect(linesOf({ items: 20_000 }, { expectedItems: 5_000_000 })).toEqual([
      'Orders: 20,000 of 5,000,000 items, 2,000/s, 41 min 30 s left',
    ]);
  });

  test('claims nothing where the table has more items than DynamoDB has counted, or where it does not say', () => {
    expect(linesOf({ items: 20_000 }, { expectedItems: 100 })).toEqual([
      'Orders: 20,000 items, 2,000/s',
    ]);
    expect(linesOf({ items: 0 }, { itemsPerSecond: 0 })).toEqual(['Orders: 0 items, 0/s']);
  });

  test('goes on to the documents, and to what is looked at again', () => {
    expect(linesOf({ phase: 'documents', items: 500, documents: 100 })).toEqual([
      'Orders: 500 items, 100 of 500 documents',
    ]);
    expect(
      linesOf({ phase: 'suspects', items: 500, documents: 501, waiting: 3, stale: 1, repaired: 1 }),
    ).toEqual([
      'Orders: 500 items, 501 documents',
      '  1 difference so far, 3 to be looked at again, 1 repaired',
    ]);
  });
});
