import type { PhaseWork, RunTools } from './command-work.ts';
import { workOf } from './commands.ts';
import { manifestKey, REPORT_KEY } from './keys.ts';
import type { NextPhase } from './order.ts';
import { phaseAnswer } from './phase-answer.ts';
import { everyPart } from './phase-parts.ts';
import type { RunReport, StoredReport } from './report.ts';

/**
 * Sums up the phase that was worked on last, and says what follows. Asked again it answers the same, and
 * while a part of it is not done, that it is to be worked on.
 */
export const next = async (tools: RunTools): Promise<NextPhase> => {
  const reported = await tools.store.readJson(REPORT_KEY);
  if (isReport(reported)) return doneAnswer(reported, tools);
  const last = await lastPhase(tools);
  if (!(await isPhaseDone(last, tools))) return phaseAnswer(last.phase, tools);
  const conclusion = await last.conclude(tools);
  if (conclusion.kind === 'phase') return phaseAnswer(conclusion.phase, tools);
  await tools.store.writeJson(REPORT_KEY, storedReport(conclusion.report, tools));
  return doneAnswer(conclusion.report, tools);
};

// The edge: nobody but us writes reports, whole or not at all.
const isReport = (stored: unknown): stored is StoredReport => stored !== undefined;

/** The phase whose manifest was stored last. */
const lastPhase = async ({ run, store }: RunTools): Promise<PhaseWork> => {
  const [first, ...others] = workOf(run.order.command).phases;
  let last = first;
  for (const other of others)
    if ((await store.readJson(manifestKey(other.phase))) !== undefined) last = other;
  return last;
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
