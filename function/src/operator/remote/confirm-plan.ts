import { findReplacement, type RouteTools } from '../backfill/route.ts';
import type { IndexIdentity } from '../index-identity.ts';
import { plannedTable } from './plan.ts';
import type { TablePlan } from './run.ts';

/** Sees that a table, its index and its configuration are still those of the plan. @throws Error when they are not, and what keeps that from being known */
export const confirmPlan = async (plan: TablePlan, tools: RouteTools): Promise<void> => {
  const table = plannedTable(plan, tools.configuration);
  const index = identityOf(plan);
  const replaced = await findReplacement({ table, tableId: plan.table_id, index }, tools);
  if (replaced !== undefined)
    throw new Error(
      `The ${replaced} was replaced meanwhile, so that documents may be missing: start a new run.`,
    );
};

const identityOf = ({ index_uuid: uuid }: TablePlan): IndexIdentity =>
  uuid === null
    ? { kind: 'untold' }
    : { kind: 'index', uuid, gcDeletes: undefined, isFiltered: false };
