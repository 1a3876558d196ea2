import { describeTable } from '../../aws/table-description.ts';
import type { Table } from '../../core/table.ts';
import { addCounts } from '../add-counts.ts';
import { newCounts } from '../backfill/counts.ts';
import { findRoute, type RouteTools, withIndex } from '../backfill/route.ts';
import { type Patience, patienceOf } from '../patience.ts';
import { persist } from '../persist.ts';
import { workOnBackfill } from './backfill-slice.ts';
import type { CommandWork, PlanningTools, RunTools } from './command-work.ts';
import { confirmPlan } from './confirm-plan.ts';
import type { Order, Part } from './order.ts';
import { everyDonePart } from './phase-parts.ts';
import { planEach, planningPatienceMilliseconds, planOf } from './plan.ts';
import type { RunReport, TableReport } from './report.ts';
import type { Run, TablePlan } from './run.ts';

/** `backfill`: one phase, its parts the segments of all tables. */
export const backfillRun: CommandWork = {
  plan: (order, tools) => planEach(order, tools, (table) => planTable(table, order, tools)),
  phases: [
    {
      phase: 'backfill',
      parts: async ({ run }) => segmentsOf(run),
      work: workOnBackfill,
      conclude: async (tools) => ({ kind: 'report', report: await report(tools) }),
    },
  ],
};

const patienceIn = (tools: PlanningTools): Patience =>
  patienceOf(planningPatienceMilliseconds(tools));

const planTable = async (table: Table, order: Order, tools: PlanningTools): Promise<TablePlan> => {
  const routeTools: RouteTools = { ...tools, patience: patienceIn(tools) };
  const description = await persist(() => describeTable(table.name), routeTools);
  const found = await findRoute(table, description.id, routeTools);
  const { index } = await withIndex(found, routeTools);
  return planOf({ table, description, index }, order);
};

const segmentsOf = ({ tables }: Run): readonly Part[] =>
  tables.flatMap(({ table, segments: of }) =>
    Array.from({ length: of }, (_, segment): Part => ({ phase: 'backfill', table, segment, of })),
  );

const report = async (tools: RunTools): Promise<RunReport> => {
  const patience = patienceIn(tools);
  for (const each of tools.run.tables) await confirmPlan(each, { ...tools, patience });
  const sums = new Map(tools.run.tables.map(({ table }) => [table, zeros()]));
  await everyDonePart<object, unknown>('backfill', tools, ({ table }, state) => {
    addCounts(sums.get(table) ?? zeros(), state.counts);
  });
  const tables = tools.run.tables.map(({ table, index }): TableReport => {
    return { table, index, counts: Object.fromEntries(sums.get(table) ?? zeros()) };
  });
  const isWell = tables.every(({ counts }) => counts['rejected'] === 0);
  return { verdict: isWell ? 'well' : 'something_left', tables };
};

const zeros = (): Map<string, number> => new Map(Object.entries(newCounts()));
