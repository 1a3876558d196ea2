import type { PhaseWork, RunTools } from './command-work.ts';
import { workOf } from './commands.ts';
import { manifestKey, REPORT_KEY } from './keys.ts';
import type { NextPhase } from './order.ts';
import { phaseAnswer } from './phase-answer.ts';
import { everyPart } from './phase-parts.ts';
import type { RunReport, StoredReport } from './report.ts';

/**
 * Sums up the phase that was worked on last, and says what follows. Asked again it answers the same, and
 * while a part of it, or of one before, is not done, that it is to be worked on.
 */
export const next = async (tools: RunTools): Promise<NextPhase> => {
  const reported = await tools.store.readJson(REPORT_KEY);
  if (isReport(reported)) return doneAnswer(reported, tools);
  const { work, isDone } = await phaseUnderWay(tools);
  if (!isDone) return phaseAnswer(work.phase, tools);
  const conclusion = await work.conclude(tools);
  if (conclusion.kind === 'phase') return phaseAnswer(conclusion.phase, tools);
  await tools.store.writeJson(REPORT_KEY, storedReport(conclusion.report, tools));
  return doneAnswer(conclusion.report, tools);
};

// The edge: nobody but us writes reports, whole or not at all.
const isReport = (stored: unknown): stored is StoredReport => stored !== undefined;

/**
 * The first phase of which a part is not done, otherwise the last one that was begun. A slice that
 * outlives its phase, since it was repeated meanwhile, may have stored an earlier state over that of a part.
 */
const phaseUnderWay = async (
  tools: RunTools,
): Promise<{ readonly work: PhaseWork; readonly isDone: boolean }> => {
  const [first, ...others] = workOf(tools.run.order.command).phases;
  let work: PhaseWork = first;
  let isDone = await isPhaseDone(first, tools);
  for (const other of others) {
    if (!isDone) break;
    if ((await tools.store.readJson(manifestKey(other.phase))) === undefined) continue;
    work = other;
    isDone = await isPhaseDone(other, tools);
  }
  return { work, isDone };
};

const isPhaseDone = async ({ phase }: PhaseWork, tools: RunTools): Promise<boolean> => {
  let left = 0;
  await everyPart(phase, tools, (_part, state) => {
    if (state?.is_done !== true) left++;
  });
  return left === 0;
};

const storedReport = (report: RunReport, { run }: RunTools): StoredReport => ({
  version: 1,
  command: run.order.command,
  run: run.run,
  order: run.order,
  started_at: run.started_at,
  ended_at: new Date().toISOString(),
  ...report,
});

const doneAnswer = ({ verdict }: RunReport, { store }: RunTools): NextPhase => ({
  is_done: true,
  verdict,
  report: store.locate(REPORT_KEY),
});
