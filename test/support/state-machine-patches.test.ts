import { setTimeout as sleep } from 'node:timers/promises';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type AwsAccount, openAccount } from './aws-account.ts';
import type { Invoke } from './lambda-invoke.ts';
import {
  createStateMachine,
  type Execution,
  ended,
  execute,
  executeStateMachines,
  isOfStateMachine,
  redrive,
  startExecution,
} from './state-machines.ts';

// For each item of a list in S3: `work` until it says that it is done.
const DEFINITION = {
  StartAt: 'Work',
  States: {
    Work: {
      Type: 'Map',
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'JSON' },
        Parameters: { Bucket: 'lists', 'Key.$': '$.list' },
      },
      ItemSelector: {
        'run.$': '$$.Execution.Name',
        'item.$': '$$.Map.Item.Value',
      },
      MaxConcurrencyPath: '$.concurrency',
      ToleratedFailureCount: 0,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Slice',
        States: {
          Slice: {
            Type: 'Task',
            Resource: 'arn:aws:states:::lambda:invoke',
            Parameters: {
              FunctionName: 'arn:aws:lambda:eu-west-1:123456789012:function:work',
              Payload: { 'input.$': '$', 'child.$': '$$.Execution.Name' },
            },
            ResultSelector: { 'is_done.$': '$.Payload' },
            ResultPath: '$.slice',
            Retry: [
              {
                ErrorEquals: [
                  'Hindered',
                  'Lambda.TooManyRequestsException',
                  'Runtime.ExitError',
                  'Sandbox.Timedout',
                ],
                IntervalSeconds: 200,
                BackoffRate: 2,
                MaxDelaySeconds: 300,
                JitterStrategy: 'NONE',
                MaxAttempts: 4,
              },
            ],
            Next: 'IsDone',
          },
          IsDone: {
            Type: 'Choice',
            Choices: [{ Variable: '$.slice.is_done', BooleanEquals: true, Next: 'Done' }],
            Default: 'Slice',
          },
          Done: { Type: 'Succeed' },
        },
      },
      ResultWriter: {
        Resource: 'arn:aws:states:::s3:putObject',
        Parameters: { Bucket: 'lists', 'Prefix.$': '$.results' },
      },
      ResultPath: null,
      End: true,
    },
  },
};

let account: AwsAccount;
let stateMachineArn: string;

beforeAll(async () => {
  account = await openAccount();
  await executeStateMachines(account);
  await account.createBucket('lists');
  stateMachineArn = await createStateMachine(account, 'work', JSON.stringify(DEFINITION));
});

afterAll(() => account?.stop());

/** What `work` was asked, and what it does. */
let asked: Asked[];
beforeEach(() => {
  asked = [];
});

type Asked = {
  readonly input: { readonly run: string; readonly item: string };
  readonly child: string;
  readonly at: number;
};

type Awaitable<T> = T | Promise<T>;

const works = (work: (asked: Asked) => Awaitable<Awaited<ReturnType<Invoke>> | boolean>): void => {
  account.functions.set('work', async (event) => {
    const one = { ...JSON.parse(event), at: Date.now() };
    asked.push(one);
    const result = await work(one);
    const isAnswer = typeof result === 'boolean';
    return isAnswer ? { kind: 'answered', requestId: '1', payload: String(result) } : result;
  });
};

const fails = (errorType: string) =>
  ({ kind: 'failed', requestId: '1', errorType, message: 'no' }) as const;

const start = async (name: string, items: readonly string[], concurrency = 10) => {
  await account.s3.send(
    new PutObjectCommand({ Bucket: 'lists', Key: name, Body: JSON.stringify(items) }),
  );
  return { stateMachineArn, name, input: { list: name, results: `results/${name}`, concurrency } };
};

const run = async (...[name, items, concurrency]: Parameters<typeof start>): Promise<Execution> =>
  execute(account, await start(name, items, concurrency));

const itemsAsked = () => asked.map(({ input }) => input.item).toSorted();

test('children loop by themselves, as executions with names of their own', async () => {
  const slices = new Map<string, number>();
  works(({ input: { item } }) => {
    slices.set(item, (slices.get(item) ?? 0) + 1);
    return slices.get(item) === 3;
  });
  expect(await run('loops', ['a', 'b'])).toMatchObject({ status: 'SUCCEEDED', redriveCount: 0 });
  expect(itemsAsked()).toEqual(['a', 'a', 'a', 'b', 'b', 'b']);
  expect(new Set(asked.map(({ input }) => input.run))).toEqual(new Set(['loops']));
  expect(new Set(asked.map(({ child }) => child)).size).toBe(2);
  expect(asked.map(({ child }) => child)).not.toContain('loops');
});

test('a list of nothing is done', async () => {
  works(() => true);
  expect(await run('nothing', [])).toMatchObject({ status: 'SUCCEEDED' });
  expect(asked).toEqual([]);
});

test('results are written where the input says', async () => {
  works(() => true);
  await run('results', ['a']);
  const { Contents: objects } = await account.s3.send(
    new ListObjectsV2Command({ Bucket: 'lists', Prefix: 'results/results/' }),
  );
  expect(objects?.map(({ Key: key }) => key)).toEqual([expect.stringMatching(/manifest\.json$/)]);
});

test('no more children work at once than is said', async () => {
  let atWork = 0;
  const seen: number[] = [];
  works(async () => {
    seen.push(++atWork);
    await sleep(50);
    atWork -= 1;
    return true;
  });
  await run('concurrency', ['a', 'b', 'c', 'd', 'e'], 2);
  expect(Math.max(...seen)).toBe(2);
});

test('what is retried is asked again, after waits that are a thousandth of what they are said to be', async () => {
  const results = [
    fails('Hindered'),
    'throttled',
    { kind: 'crashed', requestId: '1', reason: 'signal: killed' },
    { kind: 'timed-out', requestId: '1' },
    true,
  ] as const;
  works(async () => results[asked.length - 1] ?? false);
  expect(await run('retries', ['a'])).toMatchObject({ status: 'SUCCEEDED' });
  const times = asked.map(({ at }) => at);
  const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  for (const [index, milliseconds] of [200, 300, 300, 300].entries()) {
    expect(waits[index]).toBeGreaterThanOrEqual(milliseconds);
    expect(waits[index]).toBeLessThan(milliseconds + 5000);
  }
});

test('a function that fails is told by a header to who invokes it directly', async () => {
  works(() => fails('Hindered'));
  const invoke = new InvokeCommand({ FunctionName: 'work', Payload: '{"input":{}}' });
  const { FunctionError: error, Payload: payload } = await account.lambda.send(invoke);
  expect(error).toBe('Unhandled');
  expect(JSON.parse(payload?.transformToString() ?? '')).toEqual({
    errorType: 'Hindered',
    errorMessage: 'no',
  });
});

test('a child that fails fails the execution, and no further one starts', async () => {
  works(({ input: { item } }) => (item === 'b' ? fails('IndexReplaced') : true));
  expect(await run('failure', ['a', 'b', 'c'], 1)).toMatchObject({
    status: 'FAILED',
    error: 'States.ExceedToleratedFailureThreshold',
    cause: 'The specified tolerated failure threshold was exceeded',
    redriveStatus: 'REDRIVABLE',
  });
  expect(itemsAsked()).toEqual(['a', 'b']);
});

test('one that is hindered too often fails', async () => {
  works(() => fails('Hindered'));
  expect(await run('hindered', ['a'])).toMatchObject({ status: 'FAILED' });
  expect(asked.length).toBe(5);
});

test('a redrive goes on with the children that are not done, and in them with the state that failed', async () => {
  works(({ input: { item } }) => (item === 'b' ? fails('IndexReplaced') : true));
  const { executionArn } = await run('redrive', ['a', 'b', 'c'], 1);
  const [, child] = asked;
  asked = [];
  works(() => true);
  expect(await redrive(account, executionArn)).toMatchObject({
    name: 'redrive',
    status: 'SUCCEEDED',
    redriveCount: 1,
    redriveStatus: 'NOT_REDRIVABLE',
  });
  expect(itemsAsked()).toEqual(['b', 'c']);
  expect(asked.map((one) => one.child)).toContain(child?.child);
  await expect(redrive(account, executionArn)).rejects.toThrow('cannot be redriven');
});

test('an execution that is stopped starts no more, and can be redriven', async () => {
  works(async () => {
    await sleep(200);
    return false;
  });
  const executionArn = await startExecution(account, await start('stopped', ['a', 'b', 'c'], 1));
  await vi.waitUntil(() => asked.length > 0);
  await account.stepFunctions.send(new StopExecutionCommand({ executionArn }));
  expect(await ended(account, executionArn)).toMatchObject({ status: 'ABORTED' });
  expect(asked.length).toBe(1);
  works(() => true);
  expect(await redrive(account, executionArn)).toMatchObject({ status: 'SUCCEEDED' });
  expect(itemsAsked()).toEqual(['a', 'a', 'b', 'c']);
});

test('a definition that cannot be read is refused at once', async () => {
  await expect(createStateMachine(account, 'broken', '{}')).rejects.toThrow('ASLParserException');
});

test('what the interpreter asks of AWS can be told from what others ask', () => {
  const paths = account.requests.filter(isOfStateMachine).map(({ path }) => path);
  expect(new Set(paths)).toContain('/lists/loops');
  expect(paths).not.toContain('/');
});
