import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare } from '../../../scripts/cost/comparison.ts';
import { readModuleCharges } from '../../../scripts/cost/module-charges.ts';
import { PRICES } from '../../../scripts/cost/prices.ts';
import { report } from '../../../scripts/cost/report.ts';
import { aPlan, plans } from './plans.ts';

const prices = PRICES['us-east-1'] ?? expect.fail('us-east-1 has no prices');
const module = await readModuleCharges();

const linesOf = (plan: ReturnType<typeof aPlan>, columns: number): readonly string[] =>
  report(compare(plan, prices, module), prices, columns).split('\n');

test('no line is wider than the terminal, nor than 80 columns', () => {
  fc.assert(
    fc.property(plans, fc.integer({ min: 58, max: 200 }), (plan, columns) => {
      const widest = Math.max(...linesOf(plan, columns).map(({ length }) => length));
      expect(widest).toBeLessThanOrEqual(Math.min(80, columns));
    }),
    { numRuns: 40 },
  );
});

test('the charges of a section add up to what stands beside its title, to the cent', () => {
  const lines = linesOf(aPlan({ items: 1_000_000 }), 80);
  const dollarsIn = (line = '') => Number(/([\d,]+\.\d\d)$/.exec(line)?.[1]?.replaceAll(',', ''));
  const title = lines.findIndex((line) => line.startsWith('Every month'));
  const charges = lines.slice(title + 1, title + 5);
  expect(charges.every((line) => line.startsWith('  '))).toBe(true);
  const sum = charges.map(dollarsIn).reduce((total, dollars) => total + dollars, 0);
  expect(sum).toBeCloseTo(dollarsIn(lines[title]), 1);
});

test('it says from how many changes on Ingestion is cheaper, and when it never is', () => {
  const wordsOf = (shards: number) => linesOf(aPlan({ shards }), 80).join(' ');
  expect(wordsOf(4)).toContain('However many changes come alike to 4 shards, Ingestion is dearer.');
  expect(wordsOf(1000)).toMatch(/From about [\d,]+ changes a day on/);
});

test('what a million changes cost is left out where there are none', () => {
  expect(linesOf(aPlan({ changesPerDay: 0 }), 80).join(' ')).not.toContain('A million changes');
});

describe('docs/cost.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/cost.md'), 'utf8');

  test('shows what npm run cost -- --changes-per-day 1000000 prints', () => {
    expect(page).toContain(linesOf(aPlan(), 80).join('\n'));
  });

  const rows = [...page.matchAll(/^\| ([\d,]+) \| (\d+) s \|(.*)\|$/gm)].map(
    ([, changes = '', window = '', cells = '']) => ({ changes, window, cells }),
  );

  test.each(rows)(
    'reckons $changes changes with a window of $window s alike',
    ({ changes, window, cells }) => {
      const changesPerDay = Number(changes.replaceAll(',', ''));
      const plan = aPlan({ changesPerDay, windowSeconds: Number(window) });
      const { recordsOfEach, ofMillionChanges, totals } = compare(plan, prices, module);
      const records = changesPerDay === 0 ? '' : recordsOfEach.toFixed(1);
      const million = ofMillionChanges === undefined ? '' : `$${ofMillionChanges.toPrecision(2)}`;
      expect(cells.split('|').map((cell) => cell.trim())).toEqual([
        records,
        million,
        `$${totals.ours.toFixed(2)}`,
        `$${totals.ingestion.toFixed(2)}`,
      ]);
    },
  );

  test('has six rows', () => {
    expect(rows).toHaveLength(6);
  });
});
