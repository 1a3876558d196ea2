import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteParameterCommand } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { resultOf } from '../../../support/command-result.ts';
import { openRemoteStage, PARAMETER, type RemoteStage } from './remote-stage.ts';

let stage: RemoteStage;

beforeAll(async () => {
  stage = await openRemoteStage();
});

afterAll(() => stage?.stop());

const backfill = (...typed: readonly string[]) => stage.run('backfill', ...typed, '--remote');

const report = (run: string, read = 1000) =>
  stage.store(run, 'report.json', {
    version: 1,
    command: 'backfill',
    run,
    order: { command: 'backfill' },
    started_at: '2026-11-24T02:00:00.000Z',
    ended_at: '2026-11-24T02:01:40.000Z',
    verdict: 'well',
    tables: [{ table: 'Orders', index: 'orders', counts: { read, written: read } }],
  });

/** Stores the plan and manifest of a backfill in so many segments. */
const plan = async (run: string, of: number) => {
  const table = { table: 'Orders', index: 'orders', items: 1000, segments: of };
  const order = { command: 'backfill', tables: ['Orders'] };
  await stage.store(run, 'run.json', { version: 1, run, order, concurrency: 2, tables: [table] });
  await stage.store(
    run,
    'phases/backfill.json',
    Array.from({ length: of }, (_, segment) => ({
      phase: 'backfill',
      table: 'Orders',
      segment,
      of,
    })),
  );
};

const part = (run: string, segment: number, content: object) =>
  stage.store(run, `parts/backfill/Orders/${segment}.json`, { version: 1, ...content });

test('Ctrl-C leaves the run alone and says how to come back; --follow comes back', async () => {
  const end = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<string>();
  stage.works(async (run) => {
    begun.resolve(run);
    await end.promise;
    await report(run);
  });
  const child = stage.spawn('backfill', 'Orders', '--remote');
  const result = resultOf(child);
  const run = await begun.promise;
  await sleep(500);
  child.kill('SIGINT');
  const comeBack = `npx dynamodb-to-opensearch backfill --follow ${run} --remote --parameter ${PARAMETER}`;
  expect(await result).toEqual({
    status: 130,
    stdout: '',
    stderr: `${run} has begun inside AWS.\n${run} goes on inside AWS. Come back to it:\n  ${comeBack}\n`,
  });
  const again = backfill('--follow', run);
  end.resolve();
  expect((await again).stdout).toContain('Orders  1,000 items in 1 min 40 s');
  expect((await again).status).toBe(0);
  expect((await backfill('--follow')).stdout).toBe((await again).stdout);
});

test('a run that fails says why in the words of the function, and how to go on, which --resume does', async () => {
  stage.works(async () => {
    throw new Error('The index orders was replaced meanwhile: begin anew.');
  });
  const { status, stdout, stderr } = await backfill('Orders');
  const { name } = await stage.newest();
  expect(stdout).toBe('');
  expect(stderr.split('\n').slice(1)).toEqual([
    `${name} has failed: The index orders was replaced meanwhile: begin anew.`,
    'What is done stays done. Once that is mended, go on with the rest:',
    `  npx dynamodb-to-opensearch backfill Orders --resume --remote --parameter ${PARAMETER}`,
    '',
  ]);
  expect(status).toBe(2);
  stage.works((run) => report(run, 7));
  const resumed = await backfill('Orders', '--resume');
  expect(resumed.stderr).toBe(`${name} goes on inside AWS, with what had failed.\n`);
  expect(resumed.stdout).toContain('Orders  7 items');
  expect(resumed.status).toBe(0);
  expect((await backfill('Orders', '--resume')).stderr).toBe(
    `${name}, the newest, has come to its end, so nothing is left to go on with: without --resume a new run begins.\n`,
  );
});

test('what has failed parts is said by them, each sentence once', async () => {
  stage.works(async (run) => {
    await plan(run, 3);
    const failure = 'The function may not read the table Orders';
    await part(run, 0, { is_done: false, counts: {}, failure });
    await part(run, 1, { is_done: false, counts: {}, failure });
    await part(run, 2, { is_done: true, counts: {} });
    throw new Error('The specified tolerated failure threshold was exceeded');
  });
  const { stderr } = await backfill('Orders');
  expect(stderr).toContain('has failed: The function may not read the table Orders.\n');
});

test('a run that fails ends with a summary for machines, too', async () => {
  stage.works(async () => {
    throw new Error('No such table.');
  });
  const { status, stdout } = await backfill('Orders', '--json');
  const { name } = await stage.newest();
  const lines = stdout.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { type: 'run', command: 'backfill', run: name, execution: expect.stringMatching(`:${name}$`) },
    {
      type: 'summary',
      run: name,
      is_running: false,
      error: `${name} has failed: No such table.`,
    },
  ]);
  expect(status).toBe(2);
});

test('--stop ends a run where it stands', async () => {
  const begun = Promise.withResolvers<string>();
  const end = Promise.withResolvers<void>();
  stage.works(async (run) => {
    begun.resolve(run);
    await end.promise;
  });
  const child = stage.spawn('backfill', 'Users', '--remote');
  const result = resultOf(child);
  const run = await begun.promise;
  expect(await backfill('--stop')).toMatchObject({
    stdout: `${run} ends, where it stands: --resume goes on with it.\n`,
    status: 0,
  });
  end.resolve();
  const { stderr, status } = await result;
  expect(stderr).toMatch(/\n\S+ was stopped.*\.\nWhat is done stays done\. Go on with the rest:\n/);
  expect(status).toBe(2);
  expect(await backfill('--stop', run)).toMatchObject({ stdout: `${run} had ended already.\n` });
});

test('how far it is comes from what parts have stored, as plain lines where there is no terminal', async () => {
  stage.works(async (run) => {
    await plan(run, 3);
    await part(run, 0, { is_done: true, counts: { read: 500, written: 500 } });
    await sleep(11_500);
    await part(run, 1, { is_done: false, counts: { read: 700, written: 600, superseded: 100 } });
    await report(run);
  });
  const { stderr } = await backfill('Orders');
  const [, ...lines] = stderr.trimEnd().split('\n');
  expect(lines).toEqual([
    expect.stringMatching(/^Orders {2}50 % █+░+ {2}500 items {2}1 of 3 segments, 2 at once$/),
  ]);
  const { name } = await stage.newest();
  const readings = stage.account.requests.filter(
    ({ method, path }) => method === 'GET' && path.includes(`${name}/parts/backfill/Orders/0.json`),
  );
  expect(readings).toHaveLength(1); // it did not change
}, 60_000);

test('tables are those of the configuration, or it says which there are', async () => {
  expect(await backfill('Order')).toEqual({
    status: 2,
    stdout: '',
    stderr: 'The configuration has no table Order: it has Orders, Users.\n',
  });
});

test.each([
  [
    ['Orders', '--state', 'here'],
    '--state has no meaning with --remote: how far a run is lies in its bucket.',
  ],
  [['Orders', '--resume', '--follow'], '--resume and --follow are two things: give one of them.'],
  [
    ['Orders', '--follow', '--rate', '5'],
    '--follow takes a run as it was ordered: name its tables at most, and no other options.',
  ],
  [
    ['--follow', 'backfill-1'],
    'There is no run backfill-1: without a name it is the newest of backfill.',
  ],
  [
    ['Orders', 'Users', '--resume'],
    'There is no run of backfill of Orders, Users yet: leave the option out to start one.',
  ],
])('%j is refused with one sentence', async (typed, sentence) => {
  expect(await backfill(...typed)).toEqual({ status: 2, stdout: '', stderr: `${sentence}\n` });
});

test('options for runs inside AWS want --remote', async () => {
  expect(await stage.run('backfill', 'Orders', '--concurrency', '9')).toMatchObject({
    status: 2,
    stderr: '--concurrency is for runs inside AWS: give --remote, too.\n',
  });
});

test('whoever may not read the configuration leaves it to the function to check the tables', async () => {
  await stage.account.ssm.send(new DeleteParameterCommand({ Name: PARAMETER }));
  stage.works((run) => report(run));
  expect((await backfill('Order')).status).toBe(0);
  expect((await stage.newest()).order).toEqual({ command: 'backfill', tables: ['Order'] });
  expect((await backfill()).stderr).toBe('Name tables or give --all: one of the two.\n');
});

test('where modules/operations is not applied, one sentence says what to add', async () => {
  const { ssm } = stage.account;
  const name = `${PARAMETER}-operations`;
  await ssm.send(new DeleteParameterCommand({ Name: name }));
  const { status, stderr } = await backfill('Orders');
  expect(stderr).toContain(`There is no SSM parameter ${name} in this account and region`);
  expect(stderr).toContain('or --parameter is not the output parameter_name');
  expect(stderr).toContain('    sync   = module.search_sync\n');
  expect(status).toBe(2);
});

test('what makes no sense inside AWS is refused before AWS is asked', async () => {
  const { status, stderr } = await backfill('Orders', '--restart');
  expect(stderr).toBe(
    '--restart has no meaning with --remote: without --resume a new run begins.\n',
  );
  expect(status).toBe(2);
});
