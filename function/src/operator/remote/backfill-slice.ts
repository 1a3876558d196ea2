import type { Table } from '../../core/table.ts';
import { type BackfillCounts, newCounts } from '../backfill/counts.ts';
import type { SegmentPosition } from '../backfill/position.ts';
import { rateOf } from '../backfill/rate.ts';
import { type BackfillRun, persistence } from '../backfill/run.ts';
import { backfillSegment } from '../backfill/segment.ts';
import { widthOf } from '../backfill/width.ts';
import { runPatience } from '../patience.ts';
import type { RunTools, WorkOnPart } from './command-work.ts';
import { confirmPlan } from './confirm-plan.ts';
import type { PartUnderWay } from './open-part.ts';
import type { Part } from './order.ts';
import { planFor, plannedTable } from './plan.ts';
import type { Run, TablePlan } from './run.ts';
import { workOnPart } from './work-on-part.ts';

/** Writes the items of a segment from where it stands; the position is moved when all before it is settled. */
export const workOnBackfill: WorkOnPart = (part, tools) => {
  const plan = planFor(part.table, tools.run);
  const position: SegmentPosition = { segment: part.segment, startKey: null };
  const beginning = { counts: newCounts(), checkpoint: position };
  const work = async (underWay: PartUnderWay<BackfillCounts, SegmentPosition>) => {
    const table = plannedTable(plan, tools.configuration);
    const run = engineRun({ table, plan, part }, underWay, tools);
    await confirmPlan(plan, { ...run, ...persistence(run) });
    await backfillSegment(underWay.state.checkpoint, run);
    return true;
  };
  return workOnPart(part, { beginning, work }, tools);
};

type Subject = { readonly table: Table; readonly plan: TablePlan; readonly part: Part };

const engineRun = (
  { table, plan, part }: Subject,
  { state, onHindrance }: PartUnderWay<BackfillCounts, SegmentPosition>,
  tools: RunTools,
): BackfillRun => ({
  ...tools,
  table,
  totalSegments: part.of,
  streamArn: plan.stream_arn ?? undefined,
  counts: state.counts,
  rate: rateOf(rateOfPart(tools.run)),
  width: widthOf(1),
  // The slice ends it; sooner only where nobody but an operator can help.
  patience: runPatience(Number.POSITIVE_INFINITY),
  onHindrance,
});

/** Its share of the rate that was ordered for all. */
const rateOfPart = ({ order, concurrency, tables }: Run): number | undefined => {
  const { rate } = order.command === 'backfill' ? order : {};
  const parts = tables.reduce((sum, { segments }) => sum + segments, 0);
  return rate && rate / Math.min(concurrency, parts);
};
