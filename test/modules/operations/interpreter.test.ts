import { setTimeout as sleep } from 'node:timers/promises';
import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { temporaryFunction } from '../../scripts/local/lambda/temporary-function.ts';
import { type AwsAccount, openAccount } from '../../support/aws-account.ts';
import {
  createStateMachine,
  type Execution,
  ended,
  executeStateMachines,
  redrive,
  startExecution,
} from '../../support/state-machines.ts';
import { renderedDefinition } from './rendered-definition.ts';
import {
  BUCKET,
  DONE,
  follow,
  layOut,
  type PhaseParts,
  type Script,
  throws,
} from './scripted-function.ts';

const FUNCTION = 'orders-operations';

const ORDER = { command: 'verify', repair: true };

let account: AwsAccount;
let stateMachineArn: string;

beforeAll(async () => {
  account = await openAccount();
  await executeStateMachines(account);
  await account.createBucket(BUCKET);
  stateMachineArn = await createStateMachine(account, FUNCTION, renderedDefinition(FUNCTION));
});

afterAll(() => account?.stop());

const start = (name: string): Promise<string> =>
  startExecution(account, { stateMachineArn, name, input: ORDER });

const run = async (name: string): Promise<Execution> => ended(account, await start(name));

const perform = (script: Script) => follow(account, FUNCTION, script);

const phase = (parts: PhaseParts) => layOut(account, parts);

const onePhase = async (script: Script, parts = 1, concurrency = 10) => {
  const first = await phase({ phase: 'backfill', parts, concurrency });
  return perform({ begin: () => first, ...script });
};

test('a run with nothing to do is done at once, and its output says how it ended', async () => {
  const { requests } = perform({});
  const { status, output } = await run('verify-1');
  expect(status).toBe('SUCCEEDED');
  expect(JSON.parse(output ?? '')).toEqual(DONE);
  expect(requests).toEqual([{ step: 'begin', run: 'verify-1', order: ORDER, concurrency: 10 }]);
});

test('the parts of a phase are worked on, then those of the next, until nothing follows', async () => {
  const items = await phase({ phase: 'items', parts: 2 });
  const documents = await phase({ phase: 'documents', parts: 1 });
  const { requests } = perform({
    begin: () => items,
    next: (times) => (times === 0 ? documents : DONE),
  });
  expect(await run('verify-2')).toMatchObject({ status: 'SUCCEEDED' });
  const ofItems = (segment: number) => ({ phase: 'items', table: 'Orders', segment, of: 2 });
  const slice = { step: 'slice', run: 'verify-2' };
  const [begin, ...others] = requests;
  expect(begin?.step).toBe('begin');
  expect(others.slice(0, 2)).toEqual(
    expect.arrayContaining([
      { ...slice, part: ofItems(0) },
      { ...slice, part: ofItems(1) },
    ]),
  );
  expect(others.slice(2)).toEqual([
    { step: 'next', run: 'verify-2' },
    { ...slice, part: { phase: 'documents', table: 'Orders', segment: 0, of: 1 } },
    { step: 'next', run: 'verify-2' },
  ]);
});

test('a phase of no parts is over at once', async () => {
  const { requests } = await onePhase({}, 0);
  expect(await run('empty')).toMatchObject({ status: 'SUCCEEDED' });
  expect(requests.map(({ step }) => step)).toEqual(['begin', 'next']);
});

test('a part takes slice after slice until it is done', async () => {
  const { segments } = await onePhase(
    { slice: (segment, times) => ({ is_done: times === segment }) },
    3,
  );
  expect(await run('slices')).toMatchObject({ status: 'SUCCEEDED' });
  expect(segments()).toEqual([0, 1, 1, 2, 2, 2]);
});

test('no more parts are worked on at once than the phase says', async () => {
  const untilThree = async (): Promise<void> => {
    for (let tries = 0; mostAtOnce() < 3 && tries < 500; tries++) await sleep(10);
  };
  const { mostAtOnce, segments } = await onePhase(
    {
      slice: async () => {
        await untilThree();
        return sleep(20, { is_done: true }); // time in which a fourth could begin
      },
    },
    8,
    3,
  );
  expect(await run('concurrency')).toMatchObject({ status: 'SUCCEEDED' });
  expect(mostAtOnce()).toBe(3);
  expect(segments().length).toBe(8);
});

test.each([
  ['that is hindered', throws('Hindered', 'throttled')],
  ['that Lambda has no room for', 'throttled'],
  ['that runs out of its time', { kind: 'timed-out', requestId: '1' }],
  ['that is killed', { kind: 'crashed', requestId: '1', reason: 'signal: killed' }],
] as const)('each step %s is asked for again, and the run goes on', async (_, mishap) => {
  const parts = await phase({ phase: 'items', parts: 1 });
  const { requests } = perform({
    begin: (times) => (times < 2 ? mishap : parts),
    slice: (_segment, times) => (times < 2 ? mishap : { is_done: true }),
    next: (times) => (times < 2 ? mishap : DONE),
  });
  const name = JSON.stringify(mishap).replaceAll(/\W/g, '');
  expect(await run(`again-${name}`)).toMatchObject({ status: 'SUCCEEDED' });
  const steps = requests.map(({ step }) => step);
  expect(steps).toEqual(['begin', 'slice', 'next'].flatMap((step) => [step, step, step]));
});

test('a part that is hindered time and again has failed in the end', async () => {
  const { requests } = await onePhase({ slice: () => throws('Hindered', 'throttled') });
  expect(await run('hindered')).toMatchObject({ status: 'FAILED' });
  expect(requests.length).toBeGreaterThan(10);
});

test('a process that is killed in the middle of a slice is followed by another', async () => {
  const parts = await phase({ phase: 'items', parts: 1 });
  const lambda = await temporaryFunction(
    `const { existsSync, writeFileSync } = require('node:fs');
     exports.operate = async ({ step }) => {
       if (step === 'begin') return ${JSON.stringify(parts)};
       if (step === 'next') return ${JSON.stringify(DONE)};
       if (existsSync('begun')) return { is_done: true };
       writeFileSync('begun', '');
       process.kill(process.pid, 'SIGKILL');
     };`,
    { handler: 'index.operate' },
  );
  account.functions.set(FUNCTION, lambda.invoke);
  expect(await run('killed')).toMatchObject({ status: 'SUCCEEDED' });
  expect(lambda.coldStarts()).toBe(2);
});

test('an order that is refused fails the run at once, with the sentence that says why', async () => {
  const { requests } = perform({
    begin: () => throws('Error', 'order.tables: there is no Orders'),
  });
  const { status, error, cause } = await run('refused');
  expect([status, error]).toEqual(['FAILED', 'Error']);
  expect(JSON.parse(cause ?? '')).toMatchObject({
    errorMessage: 'order.tables: there is no Orders',
  });
  expect(requests.length).toBe(1);
});

test('what cannot be gone on with after a phase fails the run, with the sentence that says why', async () => {
  await onePhase({ next: () => throws('Error', 'orders is another index now') });
  const { status, cause } = await run('replaced');
  expect(status).toBe('FAILED');
  expect(cause).toContain('orders is another index now');
});

test('a part that cannot be gone on with fails the run, and a redrive works on what is left', async () => {
  const { segments } = await onePhase(
    { slice: (segment) => (segment === 1 ? throws('Error', 'gone') : { is_done: true }) },
    4,
    1,
  );
  const failed = await run('redriven');
  expect(failed).toMatchObject({
    status: 'FAILED',
    error: 'States.ExceedToleratedFailureThreshold',
  });
  expect(segments()).toEqual([0, 1]);
  const after = perform({});
  expect(await redrive(account, failed.executionArn)).toMatchObject({
    status: 'SUCCEEDED',
    name: 'redriven',
  });
  expect(after.segments()).toEqual([1, 2, 3]);
  expect(after.requests.map(({ step }) => step)).toEqual(['slice', 'slice', 'slice', 'next']);
});

test('a run that failed at its beginning begins again when it is redriven', async () => {
  perform({ begin: () => throws('Error', 'no rights') });
  const { executionArn } = await run('begun-again');
  const { requests } = perform({});
  expect(await redrive(account, executionArn)).toMatchObject({ status: 'SUCCEEDED' });
  expect(requests).toEqual([
    expect.objectContaining({ step: 'begin', run: 'begun-again', order: ORDER }),
  ]);
});

test('a run that is stopped asks for no further slice', async () => {
  const { requests } = await onePhase({ slice: async () => sleep(100, { is_done: false }) });
  const executionArn = await start('stopped');
  await vi.waitUntil(() => requests.length > 2);
  await account.stepFunctions.send(new StopExecutionCommand({ executionArn }));
  expect(await ended(account, executionArn)).toMatchObject({ status: 'ABORTED' });
  const before = requests.length;
  await sleep(300);
  expect(requests.length).toBe(before);
});
