import { messageOf } from '../../../function/src/aws/service-error.ts';
import { backfill } from '../../../function/src/operator/backfill/backfill.ts';
import { rateOf } from '../../../function/src/operator/backfill/rate.ts';
import { confirmRoute } from '../../../function/src/operator/backfill/route.ts';
import { type Width, widthOf } from '../../../function/src/operator/backfill/width.ts';
import { patienceOf } from '../../../function/src/operator/patience.ts';
import { type HindranceNote, hindranceNote } from '../hindrance-note.ts';
import type { Output } from '../operator-command.ts';
import { speedMeter } from '../speed.ts';
import { whileShown } from '../while-shown.ts';
import { keepState } from './keep-state.ts';
import type { BackfillPlan, PlanningTools } from './plan.ts';
import { progressLines } from './progress-lines.ts';

/** What filling an index works with. */
export type FillingTools = PlanningTools & { readonly output: Output };

/** Whether an index is filled; where it is not, it was interrupted or there is an error. */
export type Filling = { readonly isDone: boolean; readonly error?: unknown };

/** Carries a plan out. All the while its state is stored and its progress shown; what is done, or has not begun, leaves no state. */
export const fillIndex = async (plan: BackfillPlan, tools: FillingTools): Promise<Filling> => {
  const { state, store, workers } = plan;
  const pace: Pace = { width: widthOf(workers), hindrance: hindranceNote() };
  const kept = await keepState(store, snapshotOf(state), tools.output.note);
  const lines = progressOf(plan, pace, tools.output);
  const fillAndConfirm = async () => {
    const isDone = await fill(plan, pace, tools);
    if (isDone) await confirm(plan, tools);
    return isDone;
  };
  const filling = await whileShown(tools.output, lines, fillAndConfirm).then(
    (isDone) => ({ isDone }),
    (error: unknown) => ({ isDone: false, error }),
  );
  await kept.end();
  if (filling.isDone || state.counts.read === 0) {
    // Should it stay: nobody goes on with one of which nothing, or everything, is done.
    await store.remove().catch((error: unknown) => tools.output.note(messageOf(error)));
  }
  return filling;
};

/** How it is going, besides what the counts say. */
type Pace = {
  readonly width: Width;
  /** What it waits for now. */
  readonly hindrance: HindranceNote;
};

/** The state as JSON; each time, the time since the last one is added to it. */
const snapshotOf = (state: BackfillPlan['state']): (() => string) => {
  let countedAt = performance.now();
  return () => {
    const now = performance.now();
    state.milliseconds += now - countedAt;
    countedAt = now;
    return JSON.stringify(state);
  };
};

const fill = (
  { table, description, state, workers }: BackfillPlan,
  pace: Pace,
  { environment, wishes, interrupted }: FillingTools,
): Promise<boolean> =>
  backfill(
    { table, streamArn: description.stream?.arn, workers },
    {
      ...environment,
      position: state.position,
      counts: state.counts,
      rate: rateOf(wishes.itemsPerSecond),
      width: pace.width,
      signal: interrupted,
      onHindrance: pace.hindrance.tell,
    },
  );

const confirm = (
  { route }: BackfillPlan,
  { environment, interrupted }: FillingTools,
): Promise<void> =>
  confirmRoute(route, { ...environment, signal: interrupted, patience: patienceOf() });

/** Tells how far it is, each time it is called. */
const progressOf = (
  { table, description, state, workers }: BackfillPlan,
  pace: Pace,
  output: Output,
): (() => readonly string[]) => {
  const speed = speedMeter();
  return () => {
    const moment = {
      table: table.name,
      aboutItems: description.itemCount,
      counts: state.counts,
      itemsPerSecond: speed(state.counts.read),
      width: pace.width.now(),
      workers,
      hindrance: pace.hindrance.text(),
    };
    return progressLines(moment, output);
  };
};
