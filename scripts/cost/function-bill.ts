import { batchesOf } from './batches.ts';
import type { Bill, Section } from './bill.ts';
import { billedMilliseconds } from './duration.ts';
import { VERIFICATION_GIGABYTE_SECONDS } from './measured.ts';
import { loggedLine } from './metric-line.ts';
import type { ModuleCharges } from './module-charges.ts';
import { DAYS, type Plan } from './plan.ts';
import type { Prices } from './prices.ts';

/** What this project takes in a month: modules/sync with its defaults, and modules/operations where tables are verified. */
export const functionBill = (plan: Plan, prices: Prices, module: ModuleCharges): Bill => [
  changesOf(plan, prices),
  monthlyOf(plan, prices, module),
  ...(plan.items > 0 ? [verificationOf(plan, prices)] : []),
];

/** What grows with the changes. */
const changesOf = (plan: Plan, prices: Prices): Section => {
  const { invocations, recordsOfEach } = batchesOf(plan);
  const milliseconds =
    invocations === 0 ? 0 : billedMilliseconds({ ...plan, records: recordsOfEach });
  const gigabyteSeconds = (invocations * milliseconds * plan.memoryMegabytes) / 1000 / 1024;
  const { bytes } = loggedLine(Math.round(recordsOfEach));
  return {
    title: 'With every change',
    charges: [
      { what: 'Lambda: requests', quantity: invocations, price: prices.lambdaRequest },
      {
        what: `Lambda: ${milliseconds} ms of ${plan.memoryMegabytes} MB each`,
        quantity: gigabyteSeconds,
        price: plan.architecture === 'arm64' ? prices.lambdaArm64 : prices.lambdaX86,
      },
      { what: 'DynamoDB: stream reads by Lambda', quantity: 0, price: prices.lambdaStreamRead },
      {
        what: `CloudWatch: lines of ${bytes} bytes`,
        quantity: (invocations * bytes) / 1e9,
        price: prices.logIngestion,
      },
    ],
  };
};

// A custom metric is charged by the hour in which it is sent; one change in that hour will do.
const monthlyOf = (
  { tables, changesPerDay, activeHours }: Plan,
  prices: Prices,
  { alarmMetrics, dashboards }: ModuleCharges,
): Section => ({
  title: 'Every month',
  charges: [
    {
      what: 'CloudWatch: metrics of tables',
      quantity: changesPerDay === 0 ? 0 : (tables * loggedLine(1).metrics * activeHours) / 24,
      price: prices.customMetric,
    },
    {
      what: 'CloudWatch: metrics of alarms',
      quantity: alarmMetrics.ofFunction + tables * alarmMetrics.ofTable,
      price: prices.alarmMetric,
    },
    { what: 'CloudWatch: dashboard', quantity: dashboards, price: prices.dashboard },
    { what: 'SSM: configuration', quantity: 1, price: prices.parameter },
  ],
});

const BYTES_OF_READ_UNIT = 4096;
const GIBIBYTE = 2 ** 30;
const LEAST_SEGMENTS = 4;
// As docs/scaling.md counts them: of a part in one slice, and of a run around its parts.
const TRANSITIONS_OF_PART = 5;
const TRANSITIONS_OF_RUN = 12;

/** A verification every night, of items and of documents, in as many parts each. */
const verificationOf = (plan: Plan, prices: Prices): Section => {
  const bytes = plan.items * plan.itemKilobytes * 1000;
  const parts =
    2 * plan.tables * Math.max(LEAST_SEGMENTS, Math.ceil(bytes / plan.tables / GIBIBYTE));
  const nightly = (quantity: number) => quantity * DAYS;
  return {
    title: 'A verification every night',
    charges: [
      {
        what: 'DynamoDB: reads',
        quantity: nightly(bytes / BYTES_OF_READ_UNIT),
        price: prices.tableRead,
      },
      {
        what: 'Lambda: 1,024 MB',
        quantity: nightly((plan.items / 1e6) * VERIFICATION_GIGABYTE_SECONDS),
        price: prices.lambdaArm64,
      },
      {
        what: 'Step Functions',
        quantity: nightly(TRANSITIONS_OF_RUN + parts * TRANSITIONS_OF_PART),
        price: prices.transition,
      },
      { what: 'S3: what it keeps', quantity: nightly(parts + 4), price: prices.objectWrite },
    ],
  };
};
