import { type Execution, stopExecution } from '../../../function/src/aws/state-machine.ts';
import { commandToPaste } from '../command-to-paste.ts';
import type { CommandInvocation, ExitCode } from '../operator-command.ts';
import { chooseRun, howToComeBack, type Setting } from './choose-run.ts';
import type { SeenRun } from './course.ts';
import { followRun } from './follow-run.ts';
import { findOperations } from './operations.ts';
import { type RemoteWishes, remoteWishesIn } from './options.ts';
import { orderedTables, placeOrder } from './place-order.ts';
import type { RemoteCommand } from './remote-command.ts';
import { readReport } from './report.ts';
import { failureOf } from './run-failure.ts';
import { locationOf } from './run-location.ts';

/** Runs a command inside AWS, or goes back to a run of it, and shows it as if it ran here. */
export const runRemotely = async (
  command: RemoteCommand,
  invocation: CommandInvocation,
): Promise<ExitCode> => {
  const wishes = remoteWishesIn(invocation);
  const order = await placeOrder(wishes, command, invocation); // what makes no sense is refused before AWS is asked
  const operations = await findOperations(invocation.parameter);
  const setting = { command, invocation, operations };
  const run = await chooseRun(wishes, order, setting);
  if (wishes.action === 'stop') return stop(run, setting);
  announce(run, wishes, setting);
  const location = locationOf(operations, run.name);
  const seen = await followRun(run, { ...invocation, command, location });
  switch (seen.execution.state) {
    case 'running':
      return leave(seen, setting);
    case 'failed':
      return fail(seen, setting);
    case 'succeeded':
      return command.tell(await readReport(location), { ...invocation, location });
  }
};

const stop = async (run: Execution, { invocation: { output } }: Setting): Promise<ExitCode> => {
  const isRunning = run.state === 'running';
  if (isRunning) await stopExecution(run.arn, 'by --stop');
  output.line(
    `${run.name} ${isRunning ? 'ends, where it stands: --resume goes on with it' : 'had ended already'}.`,
  );
  output.json({ type: 'summary', run: run.name, was_running: isRunning });
  return 0;
};

const announce = (
  { name, arn }: Execution,
  { action }: RemoteWishes,
  { command, invocation: { output } }: Setting,
): void => {
  output.json({ type: 'run', command: command.name, run: name, execution: arn });
  if (action === 'start') output.note(`${name} has begun inside AWS.`);
  if (action === 'resume') output.note(`${name} goes on inside AWS, with what had failed.`);
};

/** Says how to come back to a run that goes on. */
const leave = ({ execution }: SeenRun, setting: Setting): ExitCode => {
  const { name } = execution;
  const { output } = setting.invocation;
  output.note(
    `${name} goes on inside AWS. Come back to it:\n  ${howToComeBack(execution, setting)}`,
  );
  output.json({ type: 'summary', ...setting.command.unfinished, run: name, is_running: true });
  return 2; // an interruption has a status of its own
};

/** Says what has failed, and how to go on. */
const fail = (seen: SeenRun, { command, invocation }: Setting): ExitCode => {
  const { output, parameter } = invocation;
  const error = failureOf(seen);
  const tables = command.typed(orderedTables(command, invocation) ?? []);
  const typed = [command.name, tables, '--resume'].filter(Boolean).join(' ');
  const goOn = commandToPaste(typed, { parameter, isRemote: true });
  const { name: run, status } = seen.execution;
  const hint = status === 'ABORTED' ? 'Go on' : 'Once that is mended, go on';
  output.note(`${error}\nWhat is done stays done. ${hint} with the rest:\n  ${goOn}`);
  output.json({ type: 'summary', ...command.unfinished, run, is_running: false, error });
  return 2;
};
