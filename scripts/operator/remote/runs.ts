import { randomBytes } from 'node:crypto';
import { causeNameOf } from '../../../function/src/aws/service-error.ts';
import {
  describeExecution,
  type Execution,
  listExecutions,
  startExecution,
} from '../../../function/src/aws/state-machine.ts';
import { at, elementsOf, parseJson } from '../../../function/src/core/json-value.ts';
import type { Order } from '../../../function/src/operator/remote/order.ts';
import type { Operations } from './operations.ts';

/** Which runs are looked for. */
export type RunChoice = {
  readonly command: Order['command'];
  /** Those of exactly these tables; undefined for any. */
  readonly tables: readonly string[] | undefined;
};

/** Starts a run, under a name that says what and when. */
export const startRun = ({ stateMachineArn }: Operations, order: Order): Promise<Execution> =>
  startExecution(stateMachineArn, runName(order.command, new Date()), JSON.stringify(order));

/** As in `verify-20261124-021500-3fa9`, in UTC. */
const runName = (command: string, now: Date): string => {
  const [day, time] = now.toISOString().replaceAll(/[-:]/g, '').split(/[T.]/);
  return `${command}-${day}-${time}-${randomBytes(2).toString('hex')}`;
};

/** The run of that name. Throws one sentence where there is none, or it is of another command. */
export const namedRun = async (
  { stateMachineArn }: Operations,
  name: string,
  command: Order['command'],
): Promise<Execution> => {
  const machine = stateMachineArn.replace(':stateMachine:', ':execution:');
  const run = await describeExecution(`${machine}:${name}`).catch((error: unknown) => {
    throw ABSENT.has(causeNameOf(error))
      ? new Error(`There is no run ${name}: without a name it is the newest of ${command}.`)
      : error;
  });
  const { command: its = 'something else' } = orderedBy(run);
  if (its === command) return run;
  throw new Error(`${name} is a run of ${its}, not of ${command}.`);
};

const ABSENT = new Set(['ExecutionDoesNotExist', 'InvalidArn']);

// Whoever has so many newer runs of other kinds knows the name.
const MOST_LOOKED_AT = 200;

/** The newest run that was chosen, whether it runs or has ended; undefined where there is none. */
export const newestRun = async (
  { stateMachineArn }: Operations,
  { command, tables }: RunChoice,
): Promise<Execution | undefined> => {
  let left = MOST_LOOKED_AT;
  for await (const { arn, name } of listExecutions(stateMachineArn)) {
    if (isOfAnother(name, command)) continue;
    if (left-- === 0) return undefined;
    const run = await describeExecution(arn); // what was started by the schedule has any name
    const order = orderedBy(run);
    if (order.command === command && (tables === undefined || isSame(tables, order.tables)))
      return run;
  }
  return undefined;
};

const isOfAnother = (name: string, command: string): boolean => {
  const [, named = command] = /^(backfill|verify|replay)-\d{8}-\d{6}-/.exec(name) ?? [];
  return named !== command;
};

const isSame = (tables: readonly string[], others: readonly string[]): boolean =>
  tables.length === others.length && tables.every((table) => others.includes(table));

/** What a run was told to do; no tables are all. */
const orderedBy = ({ input }: Pick<Execution, 'input'>) => {
  const order = parseJson(input);
  const command = at(order, 'command');
  return {
    command: typeof command === 'string' ? command : undefined,
    tables: elementsOf(at(order, 'tables')).map(String),
  };
};
