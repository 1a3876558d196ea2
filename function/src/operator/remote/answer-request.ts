import { OpenSearchRefusal } from '../open-search-refusal.ts';
import { begin } from './begin.ts';
import type { PlanningTools, RunTools } from './command-work.ts';
import { asHindered, Hindered } from './hindered.ts';
import { RUN_KEY } from './keys.ts';
import { next } from './next.ts';
import type { NextPhase, RunRequest, SliceAnswer } from './order.ts';
import { parsePart } from './parse-request.ts';
import { phaseWork } from './phase-answer.ts';
import { readRun } from './run.ts';
import { runStore } from './store.ts';

/** Takes a step of a run. @throws Hindered for what may pass */
export const answerRequest = async (
  request: RunRequest,
  invocation: Omit<PlanningTools, 'store'>,
): Promise<NextPhase | SliceAnswer> => {
  const store = runStore(request.run, invocation.configuration.deadLetter);
  const tools = { ...invocation, store };
  try {
    return await takeStep(request, tools);
  } catch (error) {
    if (invocation.signal.aborted && !(error instanceof Hindered))
      throw new Hindered('the time was too short', error);
    throw request.step === 'begin' && isUnreachable(error) ? error : asHindered(error);
  }
};

const takeStep = async (
  request: RunRequest,
  tools: PlanningTools,
): Promise<NextPhase | SliceAnswer> => {
  switch (request.step) {
    case 'begin':
      return begin(request, tools);
    case 'slice': {
      const part = parsePart(request.part);
      const ofRun = await withRun(request.run, tools);
      return phaseWork(part.phase, ofRun).work(part, ofRun);
    }
    case 'next':
      return next(await withRun(request.run, tools));
  }
};

const withRun = async (name: string, tools: PlanningTools): Promise<RunTools> => {
  const run = readRun(await tools.store.readJson(RUN_KEY));
  if (run !== undefined) return { ...tools, run };
  throw new Error(
    `There is no run ${name} in s3://${tools.store.locate('').bucket}: it has not begun, or lies further back than 90 days.`,
  );
};

// Before anything was done, who waits is better told soon that the way there is missing.
const isUnreachable = (error: unknown): boolean =>
  error instanceof OpenSearchRefusal && error.refusal?.status === 0;
