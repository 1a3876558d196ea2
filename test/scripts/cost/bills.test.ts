import { expect, test } from 'vitest';
import { type Bill, dollarsOf, totalOf } from '../../../scripts/cost/bill.ts';
import { billedMilliseconds } from '../../../scripts/cost/duration.ts';
import { functionBill } from '../../../scripts/cost/function-bill.ts';
import { ingestionBill } from '../../../scripts/cost/ingestion-bill.ts';
import { loggedLine } from '../../../scripts/cost/metric-line.ts';
import { readModuleCharges } from '../../../scripts/cost/module-charges.ts';
import { PRICES } from '../../../scripts/cost/prices.ts';
import { aPlan } from './plans.ts';

const prices = PRICES['us-east-1'] ?? expect.fail('us-east-1 has no prices');
const module = await readModuleCharges();

const chargesOf = (bill: Bill): Readonly<Record<string, number>> =>
  Object.fromEntries(
    bill.flatMap(({ charges }) => charges).map((charge) => [charge.what, dollarsOf(charge)]),
  );

test('an alarm is charged for each of its metrics: 3 of the function, 8 of each table, and one dashboard', () => {
  expect(module).toEqual({ alarmMetrics: { ofFunction: 3, ofTable: 8 }, dashboards: 1 });
});

test('a line of metrics makes nine of them', () => {
  expect(loggedLine(500).metrics).toBe(9);
});

test('a month of full batches is charged as one reckons it by hand', () => {
  // 500 records a batch, 100 batches a second, 2,628,000 seconds a month.
  const plan = aPlan({ shards: 1, changesPerDay: 50_000 * 86_400 });
  const milliseconds = billedMilliseconds({ ...plan, records: 500 });
  const charges = chargesOf(functionBill(plan, prices, module));
  expect(charges['Lambda: requests']).toBeCloseTo(262.8 * 0.2, 6);
  expect(charges[`Lambda: ${milliseconds} ms of 512 MB each`]).toBeCloseTo(
    262_800_000 * (milliseconds / 1000) * 0.5 * 0.0000133334,
    3,
  );
  const { bytes } = loggedLine(500);
  expect(charges[`CloudWatch: lines of ${bytes} bytes`]).toBeCloseTo(262.8e-3 * bytes * 0.5, 6);
  expect(charges['CloudWatch: metrics of tables']).toBeCloseTo(2.7, 6);
});

test('a table in which nothing changes costs its alarms and the dashboard, and no compute', () => {
  const bill = functionBill(aPlan({ changesPerDay: 0 }), prices, module);
  expect(totalOf(bill)).toBeCloseTo(11 * 0.1 + 3, 6);
});

test('a second table costs its metrics and alarms', () => {
  const of = (tables: number) =>
    totalOf(functionBill(aPlan({ tables, changesPerDay: 0 }), prices, module));
  expect(of(2) - of(1)).toBeCloseTo(8 * 0.1, 6);
});

test('a verification of a hundred million small items is charged as docs/scaling.md says', () => {
  const [of, without] = [100_000_000, 0].map((items) =>
    totalOf(functionBill(aPlan({ items, itemKilobytes: 0.41 }), prices, module)),
  );
  const aNight = ((of ?? 0) - (without ?? 0)) / (365 / 12);
  expect(aNight).toBeGreaterThan(1.35);
  expect(aNight).toBeLessThan(1.5);
});

test('Ingestion has an OCU for each table at least, and one more for every 2 MiB a second', () => {
  const unitsOf = (bytesPerSecond: number, tables = 1) => {
    const changesPerDay = (bytesPerSecond * 86_400) / 400;
    const bill = ingestionBill(aPlan({ changesPerDay, tables }), prices);
    return (bill[0]?.charges[0]?.quantity ?? 0) / 730;
  };
  expect(unitsOf(1)).toBe(1);
  expect(unitsOf(1, 3)).toBe(3);
  expect(unitsOf(2 * 2 ** 20 - 1)).toBe(1);
  expect(unitsOf(2 * 2 ** 20 + 1)).toBe(2);
});

test('an OCU that is never more than one costs about 175 dollars a month', () => {
  expect(chargesOf(ingestionBill(aPlan(), prices))['Pipelines of 1 OCU']).toBeCloseTo(175.2, 6);
});

test('of every price a page of AWS and a source are named', () => {
  for (const { page, source, dollars } of Object.values(prices)) {
    expect(page).toMatch(/^https:\/\/aws\.amazon\.com\//);
    expect(source).toMatch(/^https:\/\//);
    expect(dollars).toBeGreaterThanOrEqual(0);
  }
});
