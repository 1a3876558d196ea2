import { writeRawLine } from '../../log.ts';
import { embeddedMetrics } from '../../metrics.ts';
import { noteConversion } from '../note-conversion.ts';
import { isMended, isProved } from '../verify/verdict.ts';
import type { RunTools } from './command-work.ts';
import { writeLatest } from './latest-verification.ts';
import { plannedTable } from './plan.ts';
import type { RunReport, TableReport } from './report.ts';
import { storedCounts } from './verify-checkpoint.ts';
import { sumVerified, type VerifiedTable } from './verify-sums.ts';
import { wishesOf } from './verify-wishes.ts';

/**
 * What a verification has come to, once all its parts are done. That of whole tables is also told to
 * CloudWatch, kept for the dashboard, and noted in the index where it proves what documents are made of.
 */
export const reportVerification = async (tools: RunTools): Promise<RunReport> => {
  const verified = await sumVerified(tools);
  const wishes = wishesOf(tools.run.order);
  if (wishes.samplePercent === undefined) {
    for (const each of verified) await publish(each, tools);
  }
  for (const { plan, counts } of verified) {
    if (!isProved(counts, wishes)) continue;
    const isNoted = await noteConversion(plannedTable(plan, tools.configuration), tools.send);
    if (!isNoted) tools.log.warn('the index took no note that it is proved', { index: plan.index });
  }
  const isWell = verified.every(({ counts }) => isMended(counts));
  return { verdict: isWell ? 'well' : 'something_left', tables: verified.map(tableReport) };
};

const tableReport = ({ plan: { table, index }, counts }: VerifiedTable): TableReport => {
  const { phase: _phase, waiting: _waiting, ...told } = storedCounts(counts);
  return { table, index, counts: told };
};

const publish = async (
  { plan: { table }, counts, left }: VerifiedTable,
  { run, configuration, functionName }: RunTools,
): Promise<void> => {
  const { items, compared } = counts;
  await writeLatest(
    {
      version: 1,
      table,
      verdict: isMended(counts) ? 'equal' : 'different',
      checked_at: run.started_at,
      counts: { items, ...left },
    },
    configuration.deadLetter,
  );
  const metrics = {
    Compared: compared,
    Missing: left.missing + left.unwritable, // either way an item without its document
    Extra: left.extra,
    Stale: left.stale,
  };
  writeRawLine(embeddedMetrics({ function: functionName, table }, { counts: metrics }, Date.now()));
};
