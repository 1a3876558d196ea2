import { batchesOf } from './batches.ts';
import { type Bill, totalOf } from './bill.ts';
import { functionBill } from './function-bill.ts';
import { ingestionBill } from './ingestion-bill.ts';
import type { ModuleCharges } from './module-charges.ts';
import { DAYS, type Plan } from './plan.ts';
import type { Prices } from './prices.ts';

/** What a plan costs with this project and with OpenSearch Ingestion; dollars are of a month. */
export interface Comparison {
  readonly plan: Plan;
  readonly invocations: number;
  readonly recordsOfEach: number;
  readonly ours: Bill;
  readonly ingestion: Bill;
  readonly totals: { readonly ours: number; readonly idle: number; readonly ingestion: number };
  /** What a million changes cost beside what is charged by the month; undefined without changes. */
  readonly ofMillionChanges: number | undefined;
  /** From so many changes a day on it costs more than Ingestion, if they come alike; undefined where it never does. */
  readonly dearerFrom: number | undefined;
}

/** Reckons both. */
export const compare = (plan: Plan, prices: Prices, module: ModuleCharges): Comparison => {
  const withoutVerification = { ...plan, items: 0 };
  const idle = totalOf(functionBill({ ...withoutVerification, changesPerDay: 0 }, prices, module));
  const ours = functionBill(plan, prices, module);
  const ingestion = ingestionBill(plan, prices);
  const millions = (plan.changesPerDay * DAYS) / 1e6;
  return {
    plan,
    ...batchesOf(plan),
    ours,
    ingestion,
    totals: { ours: totalOf(ours), idle, ingestion: totalOf(ingestion) },
    ofMillionChanges: millions === 0 ? undefined : totalOf(ours.slice(0, 1)) / millions,
    dearerFrom: CHANGES_PER_DAY.find((changesPerDay) => {
      const other = { ...withoutVerification, changesPerDay };
      return totalOf(functionBill(other, prices, module)) > totalOf(ingestionBill(other, prices));
    }),
  };
};

/** From 1,000 to 100 billion, in steps of a tenth of a power of ten. */
const CHANGES_PER_DAY = Array.from({ length: 81 }, (_, step) => Math.round(10 ** (3 + step / 10)));
