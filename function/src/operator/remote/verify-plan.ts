import { describeTable } from '../../aws/table-description.ts';
import { isServerless } from '../../configuration/configuration.ts';
import type { Table } from '../../core/table.ts';
import { askIdentity, confirmMemory } from '../ask-identity.ts';
import type { IndexIdentity } from '../index-identity.ts';
import { patienceOf } from '../patience.ts';
import { persist } from '../persist.ts';
import { partsOfIndex } from '../verify/index-parts.ts';
import { watchIndex } from '../verify/index-watch.ts';
import type { PlanningTools, RunTools } from './command-work.ts';
import type { Order } from './order.ts';
import { planEach, plannedTable, planningPatienceMilliseconds, planOf } from './plan.ts';
import type { TablePlan } from './run.ts';
import { wishesOf } from './verify-wishes.ts';

/** Looks at the tables that are to be verified. @throws Error when an index cannot be verified, or not be repaired */
export const planVerification = (
  order: Order,
  tools: PlanningTools,
): Promise<readonly TablePlan[]> =>
  planEach(order, tools, (table) => planTable(table, order, tools));

const planTable = async (table: Table, order: Order, tools: PlanningTools): Promise<TablePlan> => {
  const asking = askingOf(tools);
  const description = await persist(() => describeTable(table.name), asking);
  const index: IndexIdentity = asking.isServerless
    ? { kind: 'untold' }
    : await askIdentity(table.index, asking);
  if (wishesOf(order).isRepairing) confirmMemory(table.index, index);
  await watchIndex(table, asking)(); // refuses what would be refused at the end of a long run
  await partsOfIndex(table, asking);
  return planOf({ table, description, index }, order);
};

/** The tables whose index is told to be still the one of the plan, which had one. @throws Error when one is another */
export const confirmIndexes = async (tools: RunTools): Promise<ReadonlySet<string>> => {
  const confirmed = new Set<string>();
  for (const plan of tools.run.tables) {
    const table = plannedTable(plan, tools.configuration);
    const isSame = await watchIndex(table, askingOf(tools), plan.index_uuid ?? undefined)();
    // One that came since may have been replaced between the slices, each of which knows its own.
    if (isSame && plan.index_uuid !== null) confirmed.add(plan.table);
  }
  return confirmed;
};

/** What it takes to ask, between phases. */
export const askingOf = <Tools extends PlanningTools>(tools: Tools) => {
  const patienceMilliseconds = planningPatienceMilliseconds(tools);
  return {
    ...tools,
    isServerless: isServerless(tools.configuration.authentication),
    patience: patienceOf(patienceMilliseconds),
    patienceMilliseconds,
  };
};
