import { expect, test } from 'vitest';
import { noOutcomes } from '../../../scripts/start/outcome-counts.ts';
import { secondsText, tableLines } from '../../../scripts/start/table-lines.ts';
import { createStyle } from '../../../scripts/terminal/style.ts';
import { tableView } from './sample-view.ts';

const plain = createStyle(false);

test('numbers stand under their headings, whatever their length', () => {
  const counts = { ...noOutcomes, received: 1_234_567, retried: 7 };
  const tables = [
    tableView({ counts, documents: 1_234_567, items: 5, p50Seconds: 0.3, p99Seconds: 12 }),
    tableView({ name: 'Q' }),
  ];
  expect(tableLines(tables, 100, plain).join('\n')).toMatchInlineSnapshot(`
    "                                    super-     dead-               docu-         put →   hit
             received  written  folded   seded  lettered  retried      ments  items    p50   p99
    Movies  1,234,567        0       0       0         0        7  1,234,567      5   0.30  12.0
    Q               0        0       0       0         0        0          –      –      –     –"
  `);
});

test('only dead letters are coloured', () => {
  const coloured = createStyle(true);
  const [, , fine = ''] = tableLines([tableView()], 100, coloured);
  expect(fine).not.toContain('\x1b');
  const counts = { ...noOutcomes, dead_lettered: 3 };
  const [, , bad = ''] = tableLines([tableView({ counts })], 100, coloured);
  expect(bad).toContain('\x1b[31m');
});

test('seconds keep two decimals as long as there is room for them', () => {
  expect([undefined, 0.0149, 9.99, 12.34].map(secondsText)).toEqual(['–', '0.01', '9.99', '12.3']);
});
