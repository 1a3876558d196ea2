import type { TableDescription } from '../../aws/table-description.ts';
import type { Configuration } from '../../configuration/configuration.ts';
import type { Table } from '../../core/table.ts';
import { conversion } from '../../opensearch/index-definition.ts';
import { uuidOf } from '../backfill/route.ts';
import { usualSegments } from '../backfill/segments.ts';
import type { IndexIdentity } from '../index-identity.ts';
import type { PlanningTools } from './command-work.ts';
import type { Order } from './order.ts';
import type { Run, TablePlan } from './run.ts';

/** The tables of an order. */
export const orderedTables = (
  { tables: names }: Pick<Order, 'tables'>,
  { tables }: Pick<Configuration, 'tables'>,
): readonly Table[] => [...tables.values()].filter(({ name }) => names?.includes(name) ?? true);

const LONGEST_PATIENCE_MILLISECONDS = 30_000;

/** For how long a table that cannot be looked at is asked about, between phases. */
export const planningPatienceMilliseconds = (tools: PlanningTools): number =>
  Math.min(LONGEST_PATIENCE_MILLISECONDS, tools.longestStandstillMilliseconds);

/** Plans the tables of an order, one after the other. */
export const planEach = async (
  order: Order,
  tools: PlanningTools,
  planTable: (table: Table) => Promise<TablePlan>,
): Promise<readonly TablePlan[]> => {
  const plans: TablePlan[] = [];
  for (const table of orderedTables(order, tools.configuration)) plans.push(await planTable(table));
  return plans;
};

/** What a table's plan is made of. */
export type PlanParts = {
  readonly table: Table;
  readonly description: TableDescription;
  readonly index: IndexIdentity;
};

/** The plan of a table. */
export const planOf = (
  { table, description, index }: PlanParts,
  { segments }: Pick<Order, 'segments'>,
): TablePlan => ({
  table: table.name,
  index: table.index,
  table_id: description.id,
  index_uuid: uuidOf(index),
  stream_arn: description.stream?.arn ?? null,
  pipeline: table.pipeline ?? null,
  conversion: conversion(table).conversion,
  items: description.itemCount,
  segments: segments ?? usualSegments(description.sizeBytes),
});

/** The plan of a table by its name. @throws Error when the run has none */
export const planFor = (name: string, { tables, run }: Run): TablePlan => {
  const plan = tables.find(({ table }) => table === name);
  if (plan !== undefined) return plan;
  throw new Error(`The run ${run} has no table ${name}.`);
};

/** The table of a plan, as the configuration has it. @throws Error when that is not what it was at the beginning */
export const plannedTable = (plan: TablePlan, { tables }: Pick<Configuration, 'tables'>): Table => {
  const table = tables.get(plan.table);
  const isSame =
    table !== undefined &&
    table.index === plan.index &&
    (table.pipeline ?? null) === plan.pipeline &&
    conversion(table).conversion === plan.conversion;
  if (isSame) return table;
  throw new Error(
    `The configuration of ${plan.table} was changed since this run began: start a new one.`,
  );
};
