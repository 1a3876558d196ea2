import { expect, test } from 'vitest';
import { verdictLines } from '../../../scripts/start/verdict-lines.ts';
import type { Verdict } from '../../../scripts/start/view.ts';
import { createStyle } from '../../../scripts/terminal/style.ts';

const lines = (verdict: Partial<Verdict>, columns = 80): readonly string[] =>
  verdictLines(
    { items: 4_910, differences: [], time: '16:18:14', ...verdict },
    columns,
    createStyle(false),
  );

test('equality is one line', () => {
  expect(lines({})).toEqual([
    '✓ index equals table  4,910 items, each compared with its document, 16:18:14',
  ]);
});

test('each kind of difference is told in words', () => {
  const table = 'Movies';
  const stale = { table, id: 'c', kind: 'stale' } as const;
  const differences = [
    { table, id: 'a', kind: 'missing' },
    { table, id: 'b', kind: 'extra' },
    { ...stale, field: { path: 'n', table: '1', index: '2' } },
    { ...stale, field: { path: 'n', table: undefined, index: '2' } },
  ] as const;
  expect(lines({ differences })).toEqual([
    '✗ index differs from table  4 of 4,910 items differ, 16:18:14',
    '  Movies  a has no document',
    '  Movies  b has a document and no item',
    '  Movies  c: n should be 1 and is 2',
    '  Movies  c: n should be absent and is 2',
  ]);
});

test('many differences are counted, and the first of them shown, each in a line that fits', () => {
  const differences = Array.from({ length: 1_234 }, (_, at) => ({
    table: 'Movies',
    id: `${at} ${'x'.repeat(200)}`,
    kind: 'missing' as const,
  }));
  const told = lines({ differences });
  expect(told).toHaveLength(7);
  expect(told[0]).toContain('1,234 of 4,910 items differ');
  expect(told.at(-1)).toBe('  and 1,229 more');
  expect(told.filter((line) => line.length > 80)).toEqual([]);
});
