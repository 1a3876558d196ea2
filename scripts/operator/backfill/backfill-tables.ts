import { numberOf } from '../../../function/src/core/json-value.ts';
import { isAtEnd } from '../../../function/src/operator/backfill/position.ts';
import type { OperatorEnvironment } from '../../../function/src/operator/environment.ts';
import { counted } from '../../terminal/figures.ts';
import { chooseTables } from '../choose-tables.ts';
import { commandToPaste } from '../command-to-paste.ts';
import { openEnvironment } from '../open-environment.ts';
import type { CommandInvocation, ExitCode, Output } from '../operator-command.ts';
import { keepHeapSteady } from '../steady-heap.ts';
import { endingLines, endingRecord, summaryRecord } from './ending.ts';
import { fillIndex } from './fill-index.ts';
import { type BackfillPlan, type BackfillWishes, minuteOf, planBackfill } from './plan.ts';
import { STATE_DIRECTORY } from './state-directory.ts';

/** Backfills the tables that were named, one after the other, and says what that came to. */
export const backfillTables = async (invocation: CommandInvocation): Promise<ExitCode> => {
  keepHeapSteady();
  const wishes = wishesOf(invocation.options);
  const environment = await openEnvironment(invocation);
  const isAll = invocation.options['all'] === true;
  const tables = chooseTables(invocation.arguments, environment.configuration, { all: isAll });
  const plans: BackfillPlan[] = [];
  // All of them first: what is wrong with the last one is better known before hours have passed.
  const { interrupted } = invocation;
  for (const table of tables)
    plans.push(await planBackfill(table, { environment, wishes, interrupted }));
  const waiting = [...plans];
  try {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      if (!(await backfillTable(next, { environment, invocation, wishes, waiting }))) break;
      waiting.shift();
    }
  } finally {
    const counts = plans.map(({ state }) => state.counts);
    invocation.output.json(summaryRecord(counts, waiting.length));
  }
  return plans.some(({ state }) => state.counts.rejected > 0) ? 1 : 0;
};

const wishesOf = (options: CommandInvocation['options']): BackfillWishes => {
  const isResuming = options['resume'] === true;
  const isRestarting = options['restart'] === true;
  if (isResuming && isRestarting)
    throw new Error('--resume goes on and --restart begins anew: give one of them.');
  return {
    segments: numberOf(options['segments']),
    itemsPerSecond: numberOf(options['rate']),
    isResuming,
    isRestarting,
    stateLocation: String(options['state'] ?? STATE_DIRECTORY),
  };
};

type Setting = {
  readonly environment: OperatorEnvironment;
  readonly invocation: CommandInvocation;
  readonly wishes: BackfillWishes;
  /** The tables that are not done. */
  readonly waiting: readonly BackfillPlan[];
};

/** Backfills one table, and says what that came to; whether it is done. */
const backfillTable = async (plan: BackfillPlan, setting: Setting): Promise<boolean> => {
  const { environment, invocation, wishes } = setting;
  const { output, parameter, interrupted } = invocation;
  announce(plan, wishes, output);
  const { isDone, error } = await fillIndex(plan, { environment, wishes, output, interrupted });
  const { deadLetter } = environment.configuration;
  const ending = { ...plan.state, table: plan.table, isDone, deadLetter, parameter };
  output.json(endingRecord(ending));
  if (isDone) for (const line of endingLines(ending, output)) output.line(line);
  else if (plan.state.counts.read > 0 && !isAtEnd(plan.state.position))
    output.note(howToResume(plan, setting));
  if (error !== undefined) throw error;
  return isDone;
};

const announce = (
  { table, description, route, state, store }: BackfillPlan,
  { isResuming }: BackfillWishes,
  output: Output,
): void => {
  if (description.stream === undefined)
    output.note(`${table.name} has no stream: what changes from now on will not reach the index.`);
  if (route.index.kind === 'untold')
    output.note(
      `OpenSearch does not tell which index ${table.index} is: do not replace it before this is done, nobody would notice.`,
    );
  if (!isResuming) return;
  output.note(
    state.counts.read > 0
      ? `Going on with the backfill of ${table.name} from ${minuteOf(state)}, after ${counted(state.counts.read, 'item')}.`
      : `There is no backfill of ${table.name} to go on with in ${store.place}: it begins anew.`,
  );
};

const howToResume = (
  { table, state }: BackfillPlan,
  { waiting, wishes, invocation: { parameter } }: Setting,
): string => {
  const names = waiting.map((plan) => plan.table.name).join(' ');
  const { stateLocation, itemsPerSecond } = wishes;
  const rate = itemsPerSecond === undefined ? '' : ` --rate ${itemsPerSecond}`;
  const command = `backfill ${names} --resume${rate} --state ${stateLocation}`;
  return `The backfill of ${table.name} stands at ${counted(state.counts.read, 'item')}. Go on with it:\n  ${commandToPaste(command, { parameter })}`;
};
