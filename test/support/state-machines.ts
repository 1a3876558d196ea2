import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  RedriveExecutionCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { askAws } from './ask-aws.ts';
import { ACCOUNT, type AwsAccount } from './aws-account.ts';
import type { ProxiedRequest } from './fault-proxy.ts';

/** How many times shorter than Step Functions the interpreter waits between two attempts. */
export const WAITS_SHORTER = 1000;

/**
 * Has an account execute its state machines, which it otherwise only keeps: to be called before the
 * first is created. What the interpreter asks of AWS it asks of the account, as its users do.
 */
export const executeStateMachines = async ({ url }: AwsAccount): Promise<void> => {
  const stepfunctions = {
    execute_state_machine: true,
    aws_port: new URL(url).port,
    wait_factor: 1 / WAITS_SHORTER,
  };
  await askAws(url, { service: 'states', path: '/moto-api/config' }, { stepfunctions });
};

/** Whether a request of an account is the interpreter's, of the state machine's role. */
export const isOfStateMachine = ({ headers }: ProxiedRequest): boolean =>
  headers.authorization?.includes('Credential=ak/') === true;

/** Creates a state machine and returns its ARN. */
export const createStateMachine = async (
  { stepFunctions }: AwsAccount,
  name: string,
  definition: string,
): Promise<string> => {
  const roleArn = `arn:aws:iam::${ACCOUNT}:role/${name}`;
  const { stateMachineArn: arn } = await stepFunctions.send(
    new CreateStateMachineCommand({ name, definition, roleArn }),
  );
  return arn ?? '';
};

/** An execution as it ended. */
export type Execution = DescribeExecutionCommandOutput;

/** What is to be executed. */
export type Start = {
  readonly stateMachineArn: string;
  readonly name: string;
  readonly input: object;
};

/** Starts an execution, and returns its ARN. */
export const startExecution = async (
  { stepFunctions }: AwsAccount,
  { input, ...start }: Start,
): Promise<string> => {
  const { executionArn: arn } = await stepFunctions.send(
    new StartExecutionCommand({ ...start, input: JSON.stringify(input) }),
  );
  return arn ?? '';
};

/** Starts an execution and waits until it has ended, well or not. */
export const execute = async (account: AwsAccount, start: Start): Promise<Execution> =>
  ended(account, await startExecution(account, start));

/** Takes up an execution that has failed or was stopped, and waits until it has ended again. */
export const redrive = async (account: AwsAccount, executionArn = ''): Promise<Execution> => {
  await account.stepFunctions.send(new RedriveExecutionCommand({ executionArn }));
  return ended(account, executionArn);
};

/** Waits until an execution has ended. */
export const ended = async (account: AwsAccount, executionArn: string): Promise<Execution> => {
  const { stepFunctions } = account;
  for (;;) {
    const execution = await stepFunctions.send(new DescribeExecutionCommand({ executionArn }));
    if (execution.status !== 'RUNNING') return execution;
    await sleep(POLL_MILLISECONDS);
  }
};

const POLL_MILLISECONDS = 50;
