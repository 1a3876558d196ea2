import { backfill } from '../../../function/src/operator/backfill/backfill.ts';
import { rateOf } from '../../../function/src/operator/backfill/rate.ts';
import { widthOf } from '../../../function/src/operator/backfill/width.ts';
import type { OperatorEnvironment } from '../../../function/src/operator/environment.ts';
import type { CommandInvocation } from '../operator-command.ts';
import { keepState } from './keep-state.ts';
import type { BackfillPlan, BackfillWishes } from './plan.ts';
import { progressLines } from './progress-lines.ts';
import { speedMeter } from './speed.ts';

/** What filling an index works with. */
export type FillingTools = Pick<CommandInvocation, 'output' | 'interrupted'> & {
  readonly environment: OperatorEnvironment;
  readonly wishes: BackfillWishes;
};

/** Whether an index is filled; where it is not, it was interrupted or there is an error. */
export type Filling = { readonly isDone: boolean; readonly error?: unknown };

const REDRAW_MILLISECONDS = 200;

/** Carries a plan out. All the while its state is stored and its progress shown; in the end the state is stored, or removed when there is nothing left to do. */
export const fillIndex = async (plan: BackfillPlan, tools: FillingTools): Promise<Filling> => {
  const { state, store, workers } = plan;
  const { output, wishes, interrupted, environment } = tools;
  const width = widthOf(workers);
  let hindrance: string | undefined; // what it waits for now
  const keepTime = stopwatch(state);
  const snapshot = () => {
    keepTime();
    return JSON.stringify(state);
  };
  const kept = await keepState(store, snapshot, output.note);
  const show = progressOf(plan, output);
  const timer = setInterval(() => show(width.now(), hindrance), REDRAW_MILLISECONDS);
  const filling = await outcomeOf(
    backfill(
      { table: plan.table, streamArn: plan.description.stream?.arn, workers },
      {
        ...environment,
        position: state.position,
        counts: state.counts,
        rate: rateOf(wishes.itemsPerSecond),
        width,
        signal: interrupted,
        onHindrance: (next) => {
          hindrance = next;
        },
      },
    ),
  );
  clearInterval(timer);
  output.progress([]);
  await kept.end();
  if (filling.isDone) await store.remove();
  return filling;
};

const outcomeOf = (filling: Promise<boolean>): Promise<Filling> =>
  filling.then(
    (isDone) => ({ isDone }),
    (error: unknown) => ({ isDone: false, error }),
  );

/** Counts the time since it was last called into the state. */
const stopwatch = (state: BackfillPlan['state']): (() => void) => {
  let countedAt = performance.now();
  return () => {
    const now = performance.now();
    state.milliseconds += now - countedAt;
    countedAt = now;
  };
};

const progressOf = (
  { table, description, state, workers }: BackfillPlan,
  output: FillingTools['output'],
) => {
  const speed = speedMeter();
  return (width: number, hindrance: string | undefined) => {
    const moment = {
      table: table.name,
      aboutItems: description.itemCount,
      counts: state.counts,
      itemsPerSecond: speed(state.counts.read),
      width,
      workers,
      hindrance,
    };
    output.progress(progressLines(moment, output));
  };
};
