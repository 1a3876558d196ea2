import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { type AwsAccount, openAccount } from '../../../support/aws-account.ts';
import { type CommandResult, resultOf } from '../../../support/command-result.ts';
import { createStateMachine, executeStateMachines } from '../../../support/state-machines.ts';

/**
 * A stage for commands inside AWS: Step Functions runs one task, and the test writes what the function
 * would have written.
 */
export type RemoteStage = {
  readonly account: AwsAccount;
  /** What the function does from now on: what it returns is its answer, and it fails with what it throws. */
  readonly works: (work: (run: string, request: unknown) => Promise<unknown>) => void;
  /** Stores what lies below the run's own prefix: JSON, or lines of it. */
  readonly store: (run: string, key: string, content: unknown) => Promise<void>;
  readonly run: (...commandLine: readonly string[]) => Promise<CommandResult>;
  /** Starts the command line; whoever does ends it. */
  readonly spawn: (...commandLine: readonly string[]) => ChildProcess;
  /** Input of the run that was started last, and its name. */
  readonly newest: () => Promise<{ readonly name: string; readonly order: unknown }>;
  readonly stop: () => Promise<void>;
};

/** Name of the parameter with the configuration. */
export const PARAMETER = 'shop-configuration';

const BUCKET = 'shop-123456789012-eu-west-1';
const FUNCTION = 'shop-operations';

/** Opens a stage whose configuration has the tables Orders and Users. */
export const openRemoteStage = async (): Promise<RemoteStage> => {
  const account = await openAccount();
  await executeStateMachines(account);
  await account.createBucket(BUCKET);
  const stateMachineArn = await createStateMachine(account, FUNCTION, DEFINITION);
  const put = (name: string, value: object) =>
    account.ssm.send(
      new PutParameterCommand({ Name: name, Type: 'String', Value: JSON.stringify(value) }),
    );
  await put(PARAMETER, CONFIGURATION);
  await put(`${PARAMETER}-operations`, {
    state_machine_arn: stateMachineArn,
    function_name: FUNCTION,
    bucket: BUCKET,
    prefix: 'operations/',
  });
  const start = (...commandLine: readonly string[]) =>
    spawn(process.execPath, [PROGRAM, ...commandLine, '--parameter', PARAMETER], {
      env: {
        PATH: process.env['PATH'] ?? '',
        AWS_ENDPOINT_URL: account.url,
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_REGION: 'eu-west-1',
        COLUMNS: '110',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  return {
    account,
    works: (work) => {
      account.functions.set(FUNCTION, async (event) => {
        const request = JSON.parse(event);
        const requestId = randomUUID();
        try {
          const answer = await work(request.run, request);
          return { kind: 'answered', requestId, payload: JSON.stringify(answer ?? {}) };
        } catch (error) {
          return { kind: 'failed', requestId, errorType: 'Error', message: messageOf(error) };
        }
      });
    },
    store: async (run, key, content) => {
      const Body = Array.isArray(content) && key.endsWith('.ndjson') ? linesOf(content) : content;
      await account.s3.send(
        new PutObjectCommand({
          Bucket: BUCKET,
          Key: `operations/${run}/${key}`,
          Body: typeof Body === 'string' ? Body : JSON.stringify(Body),
        }),
      );
    },
    run: (...commandLine) => resultOf(start(...commandLine)),
    spawn: start,
    newest: async () => {
      const { stepFunctions } = account;
      const { executions } = await stepFunctions.send(
        new ListExecutionsCommand({ stateMachineArn }),
      );
      const executionArn = executions?.[0]?.executionArn;
      const found = await stepFunctions.send(new DescribeExecutionCommand({ executionArn }));
      return { name: found.name ?? '', order: JSON.parse(found.input ?? 'null') };
    },
    stop: account.stop,
  };
};

const PROGRAM = join(import.meta.dirname, '../../../../scripts/operator.ts');

const DEFINITION = JSON.stringify({
  StartAt: 'Work',
  States: {
    Work: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: {
        FunctionName: `arn:aws:lambda:eu-west-1:123456789012:function:${FUNCTION}`,
        Payload: { 'run.$': '$$.Execution.Name', 'order.$': '$' },
      },
      End: true,
    },
  },
});

const CONFIGURATION = {
  endpoint: 'http://127.0.0.1:9',
  dead_letter: { bucket: BUCKET, prefix: 'rejected/' },
  tables: {
    Orders: { index: 'orders', keys: [{ name: 'id', type: 'S' }] },
    Users: { index: 'people', keys: [{ name: 'id', type: 'S' }] },
  },
};

const linesOf = (values: readonly unknown[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('');

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
