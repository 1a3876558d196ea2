import { join } from 'node:path';
import type { NextPhase, Part, SliceAnswer } from '../../../function/src/operator/remote/order.ts';
import { createFunction, type LambdaFunction } from '../../local/lambda/function.ts';
import { type OperatorStand, PARAMETER } from '../operator/stand.ts';

/** What one phase of a run came to, all its slices added up. */
export interface PhaseTime {
  readonly phase: Part['phase'];
  /** As Lambda would bill it: from each invocation to its answer. */
  readonly milliseconds: number;
  readonly slices: number;
}

/** Memory of the function, as modules/operations has it unless told otherwise. */
export const MEMORY_MEGABYTES = 1024;

const LONGEST_MILLISECONDS = 900_000;

/** The function of modules/operations, as it was built, warm after its first run; its scans come from memory once they were asked for. */
export const startOperate = (stand: OperatorStand): LambdaFunction =>
  createFunction({
    directory: join(import.meta.dirname, '../../../modules/sync/dist'),
    handler: 'index.operate',
    environment: {
      ...stand.environment,
      AWS_ENDPOINT_URL_DYNAMODB: stand.remembered.url,
      CONFIG_PARAMETER: PARAMETER,
    },
    timeoutMilliseconds: LONGEST_MILLISECONDS,
    concurrency: 1,
    memoryMegabytes: MEMORY_MEGABYTES,
  });

/** Carries out an order as the state machine does, one slice at a time, and says how long its phases took. */
export const timeRun = async (
  operate: LambdaFunction,
  run: string,
  order: object,
): Promise<readonly PhaseTime[]> => {
  const ask = asking(operate);
  const times: PhaseTime[] = [];
  let answer = await ask<NextPhase>({ step: 'begin', run, order, concurrency: 1 });
  while (!answer.is_done) {
    const { phase } = answer;
    const part = { phase, table: tableIn(order), segment: 0, of: 1 };
    times.push({ phase, ...(await timePart(ask, { run, part })) });
    answer = await ask<NextPhase>({ step: 'next', run });
  }
  if (answer.verdict !== 'well') throw new Error(`the run ${run} has left something`);
  return times;
};

type Ask = <Answer>(request: object) => Promise<Answer>;

// The edge: what the function answers is its own.
const asking =
  (operate: LambdaFunction): Ask =>
  async <Answer>(request: object) => {
    const result = await operate.invoke(JSON.stringify(request));
    if (result.kind !== 'answered') throw new Error(`operate: ${JSON.stringify(result)}`);
    return JSON.parse(result.payload) as Answer;
  };

const timePart = async (
  ask: Ask,
  request: { readonly run: string; readonly part: Part },
): Promise<Omit<PhaseTime, 'phase'>> => {
  const started = performance.now();
  for (let slices = 1; ; slices++) {
    const answer = await ask<SliceAnswer>({ step: 'slice', ...request });
    if (answer.is_done) return { slices, milliseconds: performance.now() - started };
  }
};

const tableIn = (order: object): string =>
  'tables' in order && Array.isArray(order.tables) ? String(order.tables[0]) : '*';
