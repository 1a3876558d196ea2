import {
  DescribeExecutionCommand,
  type ExecutionStatus,
  paginateListExecutions,
  RedriveExecutionCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { clientSettings, LONGEST_READING_MILLISECONDS } from './client-settings.ts';
import { ServiceError } from './service-error.ts';

/** An execution of a state machine, as lists have it. */
export type ListedExecution = {
  readonly arn: string;
  readonly name: string;
  readonly state: ExecutionState;
};

/** `failed` may go on by a redrive, whether a state failed, time was up or somebody stopped it. */
export type ExecutionState = 'running' | 'succeeded' | 'failed';

/** An execution with what it was told, and what has ended it. */
export type Execution = ListedExecution & {
  /** JSON. */
  readonly input: string;
  /** When it ended last, if it has: it may go on by a redrive. */
  readonly endedAt: Date | undefined;
  /** In Step Functions' words, such as TIMED_OUT. */
  readonly status: string;
  /** The error's name, once a state has failed. */
  readonly error: string | undefined;
  /** What a failed function said is JSON. */
  readonly cause: string | undefined;
};

const client = new SFNClient(clientSettings);

const timely = () => ({ abortSignal: AbortSignal.timeout(LONGEST_READING_MILLISECONDS) });

/** Starts an execution; again with the same name and input it is the same one. @throws ServiceError */
export const startExecution = async (
  stateMachineArn: string,
  name: string,
  input: string,
): Promise<Execution> => {
  try {
    const command = new StartExecutionCommand({ stateMachineArn, name, input });
    const { executionArn: arn = '' } = await client.send(command, timely());
    return { arn, name, input, ...BEGUN };
  } catch (cause) {
    throw new ServiceError('Step Functions', `start an execution of ${stateMachineArn}`, cause);
  }
};

// It may take a moment until it can be described.
const BEGUN = {
  state: 'running',
  status: 'RUNNING',
  endedAt: undefined,
  error: undefined,
  cause: undefined,
} as const;

/** Describes an execution, of which Step Functions may know what it was a moment ago. @throws ServiceError */
export const describeExecution = async (arn: string): Promise<Execution> => {
  try {
    const found = await client.send(new DescribeExecutionCommand({ executionArn: arn }), timely());
    return {
      arn,
      name: found.name ?? '',
      state: stateOf(found.status),
      input: found.input ?? '{}',
      endedAt: found.stopDate,
      status: found.status ?? '',
      error: found.error,
      cause: found.cause,
    };
  } catch (cause) {
    throw new ServiceError('Step Functions', `describe the execution ${arn}`, cause);
  }
};

/** All executions of a state machine, the newest first. @throws ServiceError */
export async function* listExecutions(stateMachineArn: string): AsyncGenerator<ListedExecution> {
  const pages = paginateListExecutions({ client }, { stateMachineArn });
  try {
    for await (const { executions } of pages)
      for (const { executionArn: arn, name, status } of executions ?? [])
        if (arn !== undefined && name !== undefined) yield { arn, name, state: stateOf(status) };
  } catch (cause) {
    throw new ServiceError('Step Functions', `list the executions of ${stateMachineArn}`, cause);
  }
}

/** Has a failed execution go on where it failed, with what has not succeeded. @throws ServiceError */
export const redriveExecution = async (arn: string): Promise<void> => {
  try {
    await client.send(new RedriveExecutionCommand({ executionArn: arn }), timely());
  } catch (cause) {
    throw new ServiceError('Step Functions', `go on with the execution ${arn}`, cause);
  }
};

/** Stops an execution, which may be redriven. @throws ServiceError */
export const stopExecution = async (arn: string, reason: string): Promise<void> => {
  try {
    await client.send(new StopExecutionCommand({ executionArn: arn, cause: reason }), timely());
  } catch (cause) {
    throw new ServiceError('Step Functions', `stop the execution ${arn}`, cause);
  }
};

const stateOf = (status: ExecutionStatus | undefined): ExecutionState => {
  switch (status) {
    case 'SUCCEEDED':
      return 'succeeded';
    case 'ABORTED':
    case 'FAILED':
    case 'TIMED_OUT':
      return 'failed';
    default:
      return 'running'; // or about to: PENDING_REDRIVE
  }
};
