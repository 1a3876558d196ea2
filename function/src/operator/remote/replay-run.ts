import { addCounts } from '../add-counts.ts';
import { newCauseTally } from '../replay/cause-tally.ts';
import { newReplayCounts, type ReplayCounts } from '../replay/replay.ts';
import type { CommandWork, RunTools } from './command-work.ts';
import type { Order, Part } from './order.ts';
import { everyDonePart } from './phase-parts.ts';
import type { ReplayCheckpoint, StuckTable } from './replay-checkpoint.ts';
import { workOnLetters } from './replay-slice.ts';
import type { RunReport } from './report.ts';
import type { Run } from './run.ts';

/** `replay`: one phase, its parts shares of all letters, which lie together. */
export const replayRun: CommandWork = {
  plan: async () => [],
  phases: [
    {
      phase: 'letters',
      parts: async ({ run }) => sharesOf(run),
      work: workOnLetters,
      conclude: async (tools) => ({ kind: 'report', report: await report(tools) }),
    },
  ],
};

const sharesOf = ({ order: { segments }, concurrency: of }: Run): readonly Part[] =>
  Array.from(
    { length: segments ?? of },
    (_, segment): Part => ({ phase: 'letters', table: '*', segment, of: segments ?? of }),
  );

const report = async (tools: RunTools): Promise<RunReport> => {
  const sums = new Map(Object.entries(newReplayCounts()));
  const tally = newCauseTally();
  const foreign = new Map<string, number>();
  const stuck = new Map<string, StuckTable>();
  await everyDonePart<ReplayCounts, ReplayCheckpoint>(
    'letters',
    tools,
    (_part, { counts, checkpoint }) => {
      addCounts(sums, counts);
      tally.addAll(checkpoint.causes, checkpoint.other_causes);
      addCounts(foreign, checkpoint.foreign);
      for (const one of checkpoint.stuck) stuck.set(one.table, one);
    },
  );
  const counts = Object.fromEntries(sums);
  const isWell = stuck.size === 0 && leftOf(tools.run.order, counts) === 0;
  return {
    verdict: isWell ? 'well' : 'something_left',
    tables: [{ table: '*', index: '*', counts }],
    causes: tally.causes(),
    other_causes: tally.others(),
    foreign: Object.fromEntries(foreign),
    stuck: [...stuck.values()],
  };
};

const leftOf = (order: Order, counts: { readonly [name: string]: number }): number => {
  const isDryRun = order.command === 'replay' && order.dry_run === true;
  const names = isDryRun ? ['records'] : ['refused', 'strays', 'unsettled'];
  return names.reduce((sum, name) => sum + (counts[name] ?? 0), 0);
};
