import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Sabotage, sabotaged } from './sabotage.ts';
import { sabotages } from './table.ts';

const ROOT = join(import.meta.dirname, '../..');

test.each(sabotages)(
  '$what: the text is there once, and so is the test that has to notice',
  (row) => {
    const source = readFileSync(join(ROOT, row.file), 'utf8');
    expect(sabotaged(source, row)).not.toBe(source);
    expect(existsSync(join(ROOT, row.caughtBy.file))).toBe(true);
  },
);

test('no two defects are called the same, so that each can be asked for', () => {
  const names = sabotages.map(({ what }) => what);
  expect(names).toEqual([...new Set(names)]);
});

const row: Sabotage = {
  what: 'a price is wrong',
  file: 'price.ts',
  replace: 'price * 2',
  by: 'price * $&',
  caughtBy: { file: 'price.test.ts' },
};

test('a text is replaced by another as it stands', () => {
  expect(sabotaged('return price * 2;', row)).toBe('return price * $&;');
});

test.each([
  ['return price * 3;', '0 times'],
  ['price * 2 + price * 2', '2 times'],
])('a text that is not there once is an error that says so: %s', (source, times) => {
  expect(() => sabotaged(source, row)).toThrow(times);
  expect(() => sabotaged(source, row)).toThrow('"a price is wrong"');
});
