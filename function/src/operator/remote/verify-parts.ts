import { partsOfIndex } from '../verify/index-parts.ts';
import { refreshIndex } from '../verify/refresh.ts';
import { chooseSegments } from '../verify/sample.ts';
import type { RunTools } from './command-work.ts';
import type { Part } from './order.ts';
import { plannedTable } from './plan.ts';
import type { Run, TablePlan } from './run.ts';
import { askingOf } from './verify-plan.ts';
import { wishesOf } from './verify-wishes.ts';

/** The segments of all tables, or those of a sample. */
export const itemsParts = ({ order, tables }: Run): readonly Part[] =>
  tables.flatMap(({ table, segments }) => {
    const { chosen, total: of } = chooseSegments(segments, wishesOf(order).samplePercent);
    return chosen.map((segment): Part => ({ phase: 'items', table, segment, of }));
  });

/** The shards of all indexes, each refreshed so that all that was found before is listed. */
export const documentParts = async (tools: RunTools): Promise<readonly Part[]> => {
  for (const plan of tools.run.tables)
    await refreshIndex(plannedTable(plan, tools.configuration), askingOf(tools));
  return shardParts('documents', tools.run.tables, tools);
};

/** The shards of these tables' indexes, for looking up their documents. */
export const extrasParts = (
  plans: readonly TablePlan[],
  tools: RunTools,
): Promise<readonly Part[]> => shardParts('extras', plans, tools);

const shardParts = async (
  phase: 'documents' | 'extras',
  plans: readonly TablePlan[],
  tools: RunTools,
): Promise<readonly Part[]> => {
  const parts: Part[] = [];
  for (const plan of plans) {
    const shards = await partsOfIndex(plannedTable(plan, tools.configuration), askingOf(tools));
    // One at least: an index that does not exist is read to its end at once, and a phase without parts is none.
    const of = Math.max(1, shards.length);
    for (let segment = 0; segment < of; segment++)
      parts.push({ phase, table: plan.table, segment, of });
  }
  return parts;
};
