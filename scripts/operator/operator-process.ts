import { logLevel } from '../../function/src/log.ts';
import { listenForInterruption } from '../terminal/interruption.ts';
import { settleAwsEnvironment } from './aws-environment.ts';
import { type CommandLine, readCommandLine } from './command-line.ts';
import { type FailureSettings, failureText } from './failure.ts';
import type { OperatorCommand } from './operator-command.ts';
import { columnsOf, forReading, type OpenOutput, openOutput } from './output.ts';

const interruptedStatus = 130; // 128 and SIGINT, as shells have it
const unreadStatus = 141; // 128 and SIGPIPE
const widestHelp = 100;
const sayAfterMilliseconds = 500; // what ends sooner needs no word
const endWithinMilliseconds = 10_000;

/** Does what the arguments of this process ask for, and ends it with the status that contract §12 names. */
export const runOperatorProcess = async (commands: readonly OperatorCommand[]): Promise<never> => {
  process.exitCode = 2; // should there be nothing left to wait for although nothing was settled
  endWithReader();
  const columns = columnsOf({ ...streams(), environment: process.env });
  const line = readCommandLine(commands, process.argv.slice(2), Math.min(columns, widestHelp));
  const status = line.kind === 'text' ? show(line) : await run(line);
  // Whatever is still open, connections that are kept for instance, has no say in when we end.
  return process.exit(status);
};

// Whoever reads us may have read enough: … | head. Nobody reads what would be said of that.
const endWithReader = (): void => {
  process.stdout.on('error', () => process.exit(unreadStatus));
  process.stderr.on('error', () => undefined);
};

type Text = Extract<CommandLine, { kind: 'text' }>;
type Invocation = Extract<CommandLine, { kind: 'invocation' }>;

const show = ({ text, status }: Text): number => {
  const stream = status === 0 ? process.stdout : process.stderr;
  stream.write(status === 0 ? text : forReading(text, stream));
  return status;
};

const run = async (line: Invocation): Promise<number> => {
  const { isJson, isDebug } = line.common;
  if (isDebug) process.env['LOG_LEVEL'] = 'DEBUG';
  const output = openOutput({ ...streams(), environment: process.env, isJson });
  process.on('exit', output.close);
  const interrupted = interruption(output);
  try {
    const status = await invoke(line, output, interrupted);
    return interrupted.aborted ? interruptedStatus : status;
  } catch (error) {
    if (!isEndAskedFor(error, interrupted)) output.note(failureText(error, failureSettings()));
    return interrupted.aborted ? interruptedStatus : 2;
  } finally {
    output.close();
  }
};

const streams = () => ({ stdout: process.stdout, stderr: process.stderr });

const invoke = async (
  { command, common, ...given }: Invocation,
  output: OpenOutput,
  interrupted: AbortSignal,
): Promise<number> => {
  const region = await settleAwsEnvironment(common, process.env);
  const { parameter } = common;
  return command.run({ ...given, parameter, region, output, interrupted });
};

const failureSettings = (): FailureSettings => ({
  isDebug: logLevel(process.env['LOG_LEVEL']) === 'DEBUG',
  profile: process.env['AWS_PROFILE'],
  region: process.env['AWS_REGION'],
});

const isEndAskedFor = (error: unknown, { aborted, reason }: AbortSignal): boolean =>
  aborted && (error === reason || (error instanceof Error && error.name === 'AbortError'));

const interruption = (output: OpenOutput): AbortSignal => {
  const controller = new AbortController();
  const endAtOnce = () => process.exit(interruptedStatus);
  void listenForInterruption(endAtOnce).wished.then(() => {
    controller.abort(new Error('Interrupted'));
    setTimeout(() => output.note('Ending; Ctrl-C again ends at once.'), sayAfterMilliseconds);
    setTimeout(endAtOnce, endWithinMilliseconds);
  });
  return controller.signal;
};
