import { counted, grouped } from '../terminal/figures.ts';
import { wrapped } from '../terminal/text.ts';
import { type Charge, dollarsOf, type Section, totalOf } from './bill.ts';
import type { Comparison } from './comparison.ts';
import { RUN } from './measured.ts';
import type { Plan } from './plan.ts';
import { type Prices, READ_ON } from './prices.ts';

const WIDE = 80;
const WHAT = 36;
const QUANTITY = 13;
const PRICE = 22;
const DOLLARS = 9;

/** A comparison as people read it, at most so many columns wide, and without the column of prices where it is narrow. */
export const report = (comparison: Comparison, prices: Prices, columns: number): string => {
  const width = Math.min(columns, WIDE);
  const table = tableFor(width);
  const { plan, totals, ours, ingestion } = comparison;
  return [
    ...wrapped(planText(plan), width),
    ...wrapped(batchesText(comparison), width),
    '',
    table.line({ what: 'a month', quantity: 'quantity', price: 'price', dollars: 'dollars' }),
    ...ours.flatMap(table.section),
    table.total('In all', totals.ours),
    '',
    ...ingestion.flatMap(table.section),
    table.total('In all', totals.ingestion),
    '',
    ...verdictOf(comparison).flatMap((sentence) => wrapped(sentence, width)),
    '',
    ...notesOn(plan, prices).flatMap((note) => wrapped(note, width)),
    '',
  ].join('\n');
};

const planText = (plan: Plan): string =>
  `${grouped(plan.changesPerDay)} changes a day` +
  `${plan.activeHours === 24 ? '' : ` within ${plan.activeHours} hours`}, items of ${grouped(plan.itemKilobytes * 1000)} bytes, ` +
  `${counted(plan.tables, 'table')} of ${counted(plan.shards, 'shard')}, ${plan.memoryMegabytes} MB ${plan.architecture}, ${plan.region}.`;

const batchesText = ({ plan, invocations, recordsOfEach }: Comparison): string =>
  invocations === 0
    ? 'Nothing changes, so the function is never invoked.'
    : `They come in batches of ${recordsOfEach.toFixed(1)} on average (at most ${grouped(plan.batchSize)}; window ${plan.windowSeconds} s).`;

interface Cells {
  readonly what: string;
  readonly quantity: string;
  readonly price: string;
  readonly dollars: string;
}

const tableFor = (width: number) => {
  const isWide = width >= WIDE;
  const line = ({ what, quantity, price, dollars }: Cells): string =>
    what.padEnd(WHAT) +
    quantity.padStart(QUANTITY) +
    (isWide ? `  ${price}`.padEnd(PRICE) : '') +
    dollars.padStart(DOLLARS);
  const total = (what: string, dollars: number): string =>
    line({ what, quantity: '', price: '', dollars: money(dollars) });
  const section = (of: Section): readonly string[] => [
    total(of.title, totalOf([of])),
    ...of.charges.map((charge) => line(cellsOf(charge))),
  ];
  return { line, total, section };
};

const cellsOf = (charge: Charge): Cells => ({
  what: `  ${charge.what}`,
  quantity: quantityText(charge),
  price: `× ${priceText(charge.price.dollars)}`,
  dollars: money(dollarsOf(charge)),
});

const MILLION = 1e6;

const quantityText = ({ quantity, price }: Charge): string => {
  if (price.dollars === 0) return '';
  if (quantity >= 1000 * MILLION) return `${grouped(Math.round(quantity / MILLION))} M`;
  if (quantity < 100 && !Number.isInteger(quantity)) return quantity.toFixed(2);
  return grouped(Math.round(quantity));
};

const priceText = (dollars: number): string => {
  if (dollars === 0) return 'nothing';
  return dollars < 0.001
    ? `$${Number((dollars * MILLION).toPrecision(6))} a million`
    : `$${dollars}`;
};

const money = (dollars: number): string => {
  if (dollars > 0 && dollars < 0.005) return '< 0.01';
  if (dollars >= 100_000) return grouped(Math.round(dollars));
  return dollars.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
};

const verdictOf = ({
  totals,
  ofMillionChanges,
  dearerFrom,
  plan,
}: Comparison): readonly string[] => [
  ...(ofMillionChanges === undefined
    ? []
    : [
        `A million changes: $${ofMillionChanges.toPrecision(2)}, beside what is charged by the month.`,
      ]),
  `Without any change: $${money(totals.idle)} a month.`,
  `OpenSearch Ingestion: ${(totals.ingestion / totals.ours).toFixed(1)} times as much.`,
  dearerFrom === undefined
    ? `However many changes come alike to ${counted(plan.shards, 'shard')}, Ingestion is dearer.`
    : `From about ${grouped(Number(dearerFrom.toPrecision(1)))} changes a day on, if they come alike, Ingestion is cheaper.`,
];

const notesOn = (plan: Plan, prices: Prices): readonly string[] => {
  const all = Object.values(prices);
  const ownWords = all.filter(({ source }) =>
    /^https:\/\/(docs\.)?aws\.amazon\.com\//.test(source),
  );
  return [
    `Prices: list prices of ${plan.region}, read on ${READ_ON}; ${ownWords.length} of ${all.length} on AWS's own pages, the others as quoted by those whom scripts/cost/prices.ts names beside AWS's page for each.`,
    `Function: ${RUN}; a memory of ${plan.memoryMegabytes} MB is reckoned as ${Math.min(1, plan.memoryMegabytes / 1769).toFixed(2)} of a core, and 2 ms are added for the network. Nobody has measured it inside AWS.`,
    'Left out on both sides: OpenSearch itself, traffic between zones, endpoints of a VPC, free tiers. Ingestion: one OCU does, AWS advises two; its stream reads follow from the source code of Data Prepper, nobody has measured them.',
  ];
};
