import { type Execution, redriveExecution } from '../../../function/src/aws/state-machine.ts';
import type { Order } from '../../../function/src/operator/remote/order.ts';
import { commandToPaste } from '../command-to-paste.ts';
import type { CommandInvocation } from '../operator-command.ts';
import type { Operations } from './operations.ts';
import type { RemoteWishes } from './options.ts';
import { orderedTables } from './place-order.ts';
import type { RemoteCommand } from './remote-command.ts';
import { namedRun, newestRun, startRun } from './runs.ts';

/** A command, what was typed, and where it runs. */
export type Setting = {
  readonly command: RemoteCommand;
  readonly invocation: CommandInvocation;
  readonly operations: Operations;
};

/** The run that is meant: a new one, one that goes on, or one that was started before. */
export const chooseRun = async (
  wishes: RemoteWishes,
  order: Order,
  setting: Setting,
): Promise<Execution> => {
  const { command, operations } = setting;
  switch (wishes.action) {
    case 'start':
      return startRun(operations, order);
    case 'resume':
      return resume(await newest(setting), setting);
    case 'follow':
    case 'stop':
      return wishes.run === undefined
        ? newest(setting)
        : namedRun(operations, wishes.run, command.name);
  }
};

/** The command with which to look at a run again. */
export const howToComeBack = (
  { name }: Pick<Execution, 'name'>,
  { command, invocation: { parameter } }: Setting,
): string => commandToPaste(`${command.name} --follow ${name}`, { parameter, isRemote: true });

const newest = async ({ command, invocation, operations }: Setting): Promise<Execution> => {
  const tables = orderedTables(command, invocation);
  const run = await newestRun(operations, { command: command.name, tables });
  if (run !== undefined) return run;
  const of = tables === undefined ? '' : ` of ${tables.join(', ') || 'all tables'}`;
  throw new Error(
    `There is no run of ${command.name}${of} yet: leave the option out to start one.`,
  );
};

/** Has a run that failed go on with what has not succeeded. */
const resume = async (run: Execution, setting: Setting): Promise<Execution> => {
  switch (run.state) {
    case 'failed':
      await redriveExecution(run.arn);
      return { ...run, state: 'running' };
    case 'running':
      throw new Error(
        `${run.name} has not failed, it is running. Look at it:\n  ${howToComeBack(run, setting)}`,
      );
    case 'succeeded':
      throw new Error(
        `${run.name}, the newest, has come to its end, so nothing is left to go on with: without --resume a new run begins.`,
      );
  }
};
