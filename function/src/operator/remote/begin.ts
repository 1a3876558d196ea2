import { randomBytes } from 'node:crypto';
import type { PlanningTools } from './command-work.ts';
import { workOf } from './commands.ts';
import { RUN_KEY } from './keys.ts';
import type { NextPhase, RunRequest } from './order.ts';
import { parseOrder } from './parse-order.ts';
import { phaseAnswer } from './phase-answer.ts';
import { type Run, readRun } from './run.ts';

/**
 * Checks an order, plans its run and lays out the first phase. What has begun already is left as it is.
 *
 * @throws InvalidOrder, and what keeps a table from being worked on
 */
export const begin = async (
  request: Extract<RunRequest, { readonly step: 'begin' }>,
  tools: PlanningTools,
): Promise<NextPhase> => {
  const run = readRun(await tools.store.readJson(RUN_KEY)) ?? (await planRun(request, tools));
  const [{ phase }] = workOf(run.order.command).phases;
  return phaseAnswer(phase, { ...tools, run });
};

const planRun = async (
  { run: name, order: ordered, concurrency }: Extract<RunRequest, { readonly step: 'begin' }>,
  tools: PlanningTools,
): Promise<Run> => {
  const order = parseOrder(ordered, tools.configuration);
  const run: Run = {
    version: 1,
    run: name,
    order,
    concurrency: order.concurrency ?? concurrency,
    started_at: new Date().toISOString(),
    balance_key: randomBytes(16).toString('hex'),
    tables: await workOf(order.command).plan(order, tools),
  };
  await tools.store.writeJson(RUN_KEY, run);
  return run;
};
