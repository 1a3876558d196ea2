import {
  describeTable,
  type TableDescription,
} from '../../../function/src/aws/table-description.ts';
import type { Table } from '../../../function/src/core/table.ts';
import { isAtEnd } from '../../../function/src/operator/backfill/position.ts';
import {
  findRoute,
  type Route,
  type RouteTools,
  withIndex,
} from '../../../function/src/operator/backfill/route.ts';
import { usualSegments } from '../../../function/src/operator/backfill/segments.ts';
import {
  type BackfillState,
  newState,
  obstacle,
  parseState,
} from '../../../function/src/operator/backfill/state.ts';
import type { OperatorEnvironment } from '../../../function/src/operator/environment.ts';
import { patienceOf } from '../../../function/src/operator/patience.ts';
import type { CommandInvocation } from '../operator-command.ts';
import { MOST_WORKERS, USUAL_WORKERS } from './segments.ts';
import { type StateStore, stateStore } from './state-store.ts';

/** What was asked for. */
export type BackfillWishes = {
  readonly segments: number | undefined;
  readonly itemsPerSecond: number | undefined;
  readonly isResuming: boolean;
  readonly isRestarting: boolean;
  /** Directory, or `s3://bucket/prefix`. */
  readonly stateLocation: string;
};

/** What is to be done to one table. */
export type BackfillPlan = {
  readonly table: Table;
  readonly description: TableDescription;
  readonly route: Route;
  readonly store: StateStore;
  /** Where to begin; moved along. */
  readonly state: BackfillState;
  readonly workers: number;
};

/** What planning works with. */
export type PlanningTools = Pick<CommandInvocation, 'interrupted'> & {
  readonly environment: OperatorEnvironment;
  readonly wishes: BackfillWishes;
};

// Nothing has been done yet: whoever waits is better told soon.
const PATIENCE_MILLISECONDS = 30_000;

/** Plans the backfill of a table, from where an earlier one has ended if that is wished. Throws one sentence if it cannot be. */
export const planBackfill = async (table: Table, tools: PlanningTools): Promise<BackfillPlan> => {
  const { wishes } = tools;
  const description = await describeTable(table.name);
  const store = stateStore(wishes.stateLocation, table.name);
  const text = wishes.isRestarting ? undefined : await store.read();
  const routeTools = routeToolsOf(tools);
  const found = await findRoute(table, description.id, routeTools);
  const left =
    text === undefined ? undefined : resumed(text, { route: found, description, store, wishes });
  const route = await withIndex(found, routeTools);
  const state = left ?? newState(route, wishes.segments ?? usualSegments(description.sizeBytes));
  return { table, description, route, store, state, workers: workersFor(wishes) };
};

const routeToolsOf = ({ environment, interrupted }: PlanningTools): RouteTools => ({
  ...environment,
  signal: interrupted,
  patience: patienceOf(PATIENCE_MILLISECONDS),
});

type Resumption = Pick<BackfillPlan, 'route' | 'description' | 'store'> & {
  readonly wishes: BackfillWishes;
};

/** What an earlier backfill has left; undefined where it had done nothing yet, or everything. */
const resumed = (text: string, resumption: Resumption): BackfillState | undefined => {
  const { route, description, store } = resumption;
  const state = parseState(text);
  if (state === undefined)
    throw new Error(`The state ${store.place} cannot be understood: --restart begins anew.`);
  if (state.counts.read === 0 || isAtEnd(state.position)) return undefined;
  const objection = objectionTo(state, resumption);
  if (objection === undefined) return state;
  const share = shareOf(state, description);
  throw new Error(
    `A backfill of ${route.table.name} from ${minuteOf(state)} is unfinished, ${share}${objection}`,
  );
};

const objectionTo = (state: BackfillState, { route, wishes }: Resumption): string | undefined => {
  if (!wishes.isResuming) return ': --resume goes on with it, --restart begins anew.';
  const problem = obstacle(state, route);
  if (problem !== undefined)
    return `, but cannot be gone on with, ${problem}: --restart begins anew.`;
  const { totalSegments } = state.position;
  return wishes.segments === undefined || wishes.segments === totalSegments
    ? undefined
    : `, in ${totalSegments} segments: leave out --segments, or begin anew with --restart.`;
};

/** When a backfill began, for people. */
export const minuteOf = ({ startedAt }: BackfillState): string =>
  `${startedAt.slice(0, 16).replace('T', ' ')} UTC`;

const shareOf = ({ counts }: BackfillState, { itemCount }: TableDescription): string =>
  itemCount === 0
    ? `${counts.read} items`
    : `${Math.min(99, Math.floor((counts.read / itemCount) * 100))} %`;

const workersFor = ({ segments }: BackfillWishes): number =>
  Math.min(MOST_WORKERS, segments ?? USUAL_WORKERS);
