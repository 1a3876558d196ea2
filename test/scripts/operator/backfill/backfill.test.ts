import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { expectIndexToEqualTable } from '../../../function/operator/backfill/backfilled.ts';
import { askOpenSearch } from '../../../support/ask-opensearch.ts';
import { resultOf } from '../../../support/command-result.ts';
import type { Behaviour, ProxiedRequest } from '../../../support/fault-proxy.ts';
import { answering, isBulk, when } from '../../../support/faults.ts';
import { hammer } from '../../../support/hammer.ts';
import { manyItems, putItems } from '../../../support/items.ts';
import { type OperatorStage, openOperatorStage } from '../../../support/operator-stage.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

let stage: OperatorStage;

const ITEMS = 9000;
const FOLLOWED = manyItems(4000);

beforeAll(async () => {
  const mappings = { properties: { poison: { type: 'object' } } };
  stage = await openOperatorStage({
    tables: { few: { mappings }, empty: {}, followed: {}, swapped: {}, forgetful: {} },
  });
  await putItems(stage, manyItems(ITEMS));
  await putItems(stage, manyItems(20), 'few');
  await putItems(stage, manyItems(400), 'swapped');
  await putItems(stage, FOLLOWED, 'followed');
  await stage.openStreams();
});

beforeEach(() => {
  stage.openSearch.behave();
  stage.dynamoDB.behave();
  stage.aws.behave();
});

afterAll(() => stage.stop());

const backfill = (names: readonly string[], state: string, ...options: string[]) =>
  stage.run(['backfill', ...names, '--state', state, ...options]);

const statePath = (directory: string, table: string) => join(directory, `backfill-${table}.json`);

const isScan = ({ headers }: ProxiedRequest) =>
  headers['x-amz-target'] === 'DynamoDB_20120810.Scan';

const expired = answering(400, {
  __type: 'com.amazon.coral.service#ExpiredTokenException',
  message: 'The security token included in the request is expired',
});

/** How many items a state says are done with. */
const readIn = (path: string): number =>
  existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).counts.read : 0;

type Interruption = {
  readonly end?: 'SIGKILL' | 'SIGINT';
  readonly suffix?: string;
  readonly options?: readonly string[];
};

/** Lets a backfill get somewhere and then has it end in that way. */
const leaveUnfinished = async (
  state: string,
  { end = 'SIGKILL', suffix, options = [] }: Interruption = {},
) => {
  const { name } = stage.table(suffix);
  let bulks = 0;
  stage.openSearch.behave(when(isBulk, (_request, passOn) => (++bulks < 3 ? passOn() : 'silence')));
  const child = stage.spawn(['backfill', name, '--state', state, ...options]);
  const ended = resultOf(child);
  while (!(readIn(statePath(state, name)) > 0)) await sleep(50);
  child.kill(end);
  const result = await ended;
  stage.openSearch.behave();
  return result;
};

test('a table is backfilled, and the ending says what was done and how to verify it', async () => {
  const state = temporaryDirectory();
  const { name } = stage.table('few');
  const { status, stdout, stderr } = await backfill([name], state);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout.replaceAll(name, 'TABLE').split('\n')).toEqual([
    expect.stringMatching(/^TABLE {2}20 items in \d+ s, [\d,]+ items\/s, [\d,]+ read units$/),
    `  written               20  to the index ${stage.table('few').index}`,
    '  superseded             0',
    '  skipped                0',
    '  rejected               0',
    '  Verify it: npx dynamodb-to-opensearch verify TABLE --parameter configuration',
    '',
  ]);
  expect(existsSync(statePath(state, name))).toBe(false);
  await expectIndexToEqualTable(stage, { suffix: 'few' });
});

test('--json says it in lines of JSON', async () => {
  const names = [stage.table('few').name, stage.table('empty').name];
  const { stdout } = await backfill(names, temporaryDirectory(), '--json');
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toEqual([
    expect.objectContaining({ type: 'backfill', table: names[0], is_done: true, written: 20 }),
    expect.objectContaining({ type: 'backfill', table: names[1], is_done: true, written: 0 }),
    {
      type: 'summary',
      tables: 2,
      left: 0,
      read: 20,
      written: 20,
      superseded: 0,
      skipped: 0,
      rejected: 0,
    },
  ]);
});

test('a backfill that was killed is not begun anew by accident, and goes on with --resume', async () => {
  const state = temporaryDirectory();
  expect((await leaveUnfinished(state)).status).toBeNull();
  expect(readIn(statePath(state, stage.name))).toBeLessThan(ITEMS);

  const refused = await backfill([stage.name], state);
  expect(refused).toMatchObject({ status: 2, stdout: '' });
  expect(refused.stderr).toMatch(
    /^A backfill of .* from \d{4}-\d\d-\d\d \d\d:\d\d UTC is unfinished, \d+ %: --resume goes on with it, --restart begins anew\.\n$/,
  );
  const resumed = await backfill([stage.name], state, '--resume', '--json');
  expect(resumed.stderr).toMatch(
    /^Going on with the backfill of .* from \d{4}-\d\d-\d\d \d\d:\d\d UTC, after [\d,]+ items\.\n$/,
  );
  expect(resumed.status).toBe(0);
  expect(JSON.parse(resumed.stdout.split('\n')[0] ?? '')).toMatchObject({ read: ITEMS });
  expect(existsSync(statePath(state, stage.name))).toBe(false);
  await expectIndexToEqualTable(stage);
}, 60_000);

test('--restart begins anew; --resume does so where there is nothing to go on with', async () => {
  const state = temporaryDirectory();
  const { name } = stage.table('few');
  writeFileSync(statePath(state, name), 'torn');
  const torn = await backfill([name], state, '--resume');
  expect(torn.stderr).toMatch(/^The state .* cannot be understood: --restart begins anew\.\n$/);
  expect((await backfill([name], state, '--restart')).status).toBe(0);
  const resumed = await backfill([name], state, '--resume');
  expect(resumed.status).toBe(0);
  expect(resumed.stderr).toMatch(
    /^There is no backfill of .* to go on with in .*: it begins anew\.\n$/,
  );
});

test('Ctrl-C: it ends soon with 130, and says how to go on', async () => {
  const state = temporaryDirectory();
  const { status, stderr, stdout } = await leaveUnfinished(state, {
    end: 'SIGINT',
    options: ['--rate', '2000'],
  });
  expect({ status, stdout }).toEqual({ status: 130, stdout: '' });
  expect(stderr.replaceAll(stage.name, 'TABLE').replace(/^Ending; .*\n/, '')).toMatch(
    /^The backfill of TABLE stands at [\d,]+ items\. Go on with it:\n {2}npx dynamodb-to-opensearch backfill TABLE --resume --rate 2000 --state .* --parameter configuration\n$/,
  );
  expect((await backfill([stage.name], state, '--resume')).status).toBe(0);
}, 60_000);

test.each([
  [
    'tableId',
    'another',
    'it is of another table of that name: this one was made later, or elsewhere',
  ],
  [
    'conversion',
    'another',
    'the configuration makes other documents now than those that were written',
  ],
  ['endpoint', 'https://another/', 'it was written to https://another/'],
  ['index', 'another', 'it was written into the index another'],
  ['indexUuid', 'another', 'its index has been replaced by another'],
  ['pipeline', 'another', 'its documents passed the pipeline another'],
])('a state whose %s is not that of the table is refused', async (field, value, reason) => {
  const state = temporaryDirectory();
  await leaveUnfinished(state);
  const path = statePath(state, stage.name);
  writeFileSync(
    path,
    JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), [field]: value }),
  );
  const { status, stderr } = await backfill([stage.name], state, '--resume');
  expect(status).toBe(2);
  expect(stderr).toContain(`, but cannot be gone on with, ${reason}: --restart begins anew.\n`);
});

test('a state whose index is gone, or is no longer the one behind its alias, is refused', async () => {
  const { name, index } = stage.table('swapped');
  const ask = (method: string, path: string, body?: object) =>
    askOpenSearch(stage.openSearchUrl, method, path, body);
  await ask('PUT', `/${index}-1`, { aliases: { [index]: {} } });
  const state = temporaryDirectory();
  await leaveUnfinished(state, { suffix: 'swapped' });
  await ask('PUT', `/${index}-2`);
  await ask('POST', '/_aliases', {
    actions: [
      { remove: { index: `${index}-1`, alias: index } },
      { add: { index: `${index}-2`, alias: index } },
    ],
  });
  const swapped = await backfill([name], state, '--resume');
  expect(swapped).toMatchObject({ status: 2, stdout: '' });
  expect(swapped.stderr).toContain('its index has been replaced by another: --restart begins anew');
  await ask('DELETE', `/${index}-1,${index}-2`);
  const gone = await backfill([name], state, '--resume');
  expect(gone).toMatchObject({ status: 2, stdout: '' });
  expect(gone.stderr).toContain('its index is gone: --restart begins anew');
  expect((await backfill([name], state, '--restart')).status).toBe(0);
  await expectIndexToEqualTable(stage, { suffix: 'swapped' });
}, 60_000);

test('an index that is replaced while it is filled is not told to be done', async () => {
  const { name, index } = stage.table('swapped');
  let scans = 0;
  const isSecondScan = (request: ProxiedRequest) => isScan(request) && ++scans === 2;
  const replace: Behaviour = async (_request, passOn) => {
    await askOpenSearch(stage.openSearchUrl, 'DELETE', `/${index}`);
    return passOn();
  };
  stage.dynamoDB.behave(when(isSecondScan, replace));
  const state = temporaryDirectory();
  const options = ['--segments', '1', '--rate', '400'];
  const { status, stdout, stderr } = await backfill([name], state, ...options);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toBe(
    `The index ${index} was replaced meanwhile, so that documents may be missing: begin anew with --restart.\n`,
  );
  expect((await backfill([name], state, '--resume')).status).toBe(0);
  await expectIndexToEqualTable(stage, { suffix: 'swapped' });
}, 60_000);

test('a table that is replaced while it is read is not told to be done', async () => {
  const { name } = stage.table('few');
  let descriptions = 0;
  const isSecondDescription = ({ headers }: ProxiedRequest) =>
    headers['x-amz-target'] === 'DynamoDB_20120810.DescribeTable' && ++descriptions === 2;
  stage.dynamoDB.behave(
    when(isSecondDescription, answering(200, { Table: { TableId: 'another' } })),
  );
  const { status, stderr } = await backfill([name], temporaryDirectory());
  expect(status).toBe(2);
  expect(stderr).toBe(
    `The table ${name} was replaced meanwhile, so that documents may be missing: begin anew with --restart.\n`,
  );
});

test('where OpenSearch does not tell which index it is, one is asked not to replace it', async () => {
  const { name, index } = stage.table('few');
  const isIdentity = ({ method, path }: ProxiedRequest) => method === 'GET' && path === `/${index}`;
  stage.openSearch.behave(when(isIdentity, answering(403)));
  const { status, stderr } = await backfill([name], temporaryDirectory());
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: `OpenSearch does not tell which index ${index} is: do not replace it before this is done, nobody would notice.\n`,
  });
});

test('an index that forgets deletions too soon is not filled', async () => {
  const { name, index } = stage.table('forgetful');
  const forget = (gcDeletes: string) =>
    askOpenSearch(stage.openSearchUrl, 'PUT', `/${index}/_settings`, {
      'index.gc_deletes': gcDeletes,
    });
  await askOpenSearch(stage.openSearchUrl, 'PUT', `/${index}`);
  await forget('30s');
  const { status, stderr } = await backfill([name], temporaryDirectory());
  expect(status).toBe(2);
  expect(stderr).toBe(
    `The index ${index} forgets deletions too soon (index.gc_deletes 30s): items that are deleted under way could come back. Have it remember them:\n  PUT /${index}/_settings {"index.gc_deletes":"60s"}\n`,
  );
  await forget('60s');
  expect((await backfill([name], temporaryDirectory())).status).toBe(0);
});

test('a state at its end, which could not be removed, is none to go on with', async () => {
  const { name } = stage.table('few');
  const place = 's3://some-bucket/finished';
  const denial = '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';
  stage.aws.behave(when(({ method }) => method === 'DELETE', answering(403, denial)));
  const first = await backfill([name], place);
  expect(first.status).toBe(0);
  expect(first.stderr).toMatch(/^S3 did not delete the object some-bucket\/finished\/.*\n$/);
  const resumed = await backfill([name], place, '--resume', '--json');
  expect(resumed.stderr).toMatch(/^There is no backfill of .* to go on with/);
  expect(JSON.parse(resumed.stdout.split('\n')[0] ?? '')).toMatchObject({ read: 20 });
});

test('other segments than those of the state are refused', async () => {
  const state = temporaryDirectory();
  await leaveUnfinished(state);
  const { status, stderr } = await backfill([stage.name], state, '--resume', '--segments', '7');
  expect(status).toBe(2);
  expect(stderr).toMatch(
    /, in 4 segments: leave out --segments, or begin anew with --restart\.\n$/,
  );
});

test('a state may lie in S3, and is gone when it is done', async () => {
  const place = 's3://some-bucket/backfill';
  const key = `some-bucket/backfill/backfill-${stage.name}.json`;
  let bulks = 0;
  stage.openSearch.behave(when(isBulk, (_request, passOn) => (++bulks < 3 ? passOn() : 'silence')));
  const child = stage.spawn(['backfill', stage.name, '--state', place]);
  const ended = resultOf(child);
  const isStored = () =>
    JSON.parse(String(stage.awsState.objects.get(key) ?? '{}')).counts?.read > 0;
  while (!isStored()) await sleep(100);
  child.kill('SIGKILL');
  await ended;
  stage.openSearch.behave();
  expect((await backfill([stage.name], place)).stderr).toMatch(/ is unfinished, /);
  expect((await backfill([stage.name], place, '--resume')).status).toBe(0);
  expect(stage.awsState.objects.has(key)).toBe(false);
}, 60_000);

test('what is rejected makes the status 1, and the ending says where it lies', async () => {
  await stage.putItem({ pk: { S: 'poison' }, poison: { S: 'no object' } }, 'few');
  const { name } = stage.table('few');
  const { status, stdout } = await backfill([name], temporaryDirectory());
  await stage.deleteItem({ pk: { S: 'poison' } }, 'few');
  expect(status).toBe(1);
  expect(stdout).toContain(
    `rejected               1  OpenSearch will never take them:\n    s3://${stage.name}/rejected/${name}/\n`,
  );
  expect(stdout).toContain(
    `npx dynamodb-to-opensearch replay --table ${name} --parameter configuration\n`,
  );
});

test('what keeps it from beginning is one sentence; the next one need not go on', async () => {
  stage.dynamoDB.behave(
    when(
      isScan,
      answering(400, {
        __type: 'x#AccessDeniedException',
        message: 'not authorized to perform: dynamodb:Scan',
      }),
    ),
  );
  const state = temporaryDirectory();
  const { status, stderr } = await backfill([stage.name], state);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^DynamoDB did not .*: not authorized to perform: dynamodb:Scan\. .*\n$/);
  expect(existsSync(statePath(state, stage.name))).toBe(false);
});

test('what keeps it from going on is one sentence, after how to go on', async () => {
  let scans = 0;
  const isLaterScan = (request: ProxiedRequest) => isScan(request) && ++scans > 2;
  stage.dynamoDB.behave(when(isLaterScan, expired));
  const { status, stderr } = await backfill([stage.name], temporaryDirectory(), '--segments', '1');
  expect(status).toBe(2);
  expect(stderr.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^The backfill of .* stands at [\d,]+ items\. Go on with it:$/),
    expect.stringMatching(/^ {2}npx dynamodb-to-opensearch backfill /),
    expect.stringMatching(/^The AWS credentials have expired: sign in again/),
  ]);
});

test('a table that is not there is one sentence', async () => {
  const { status, stderr } = await backfill(['Nothing'], temporaryDirectory());
  expect(status).toBe(2);
  expect(stderr).toMatch(/^The configuration has no table Nothing: it has /);
});

test('a place that cannot be written is known before anything is done', async () => {
  const file = join(temporaryDirectory(), 'file');
  writeFileSync(file, '');
  stage.openSearch.behave();
  const { status, stderr } = await backfill([stage.name], file);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^The state .* cannot be (read|written): /);
  expect(stage.openSearch.requests).toEqual([]);
});

test('killed at random again and again while somebody changes the table and the function follows: in the end index and table are equal', async () => {
  const mapping = await stage.follow('followed');
  const keys = FOLLOWED.slice(0, 300).map(({ pk }) => pk?.S ?? '');
  const writer = hammer(stage, keys, 'followed');
  const { name } = stage.table('followed');
  const state = temporaryDirectory();
  for (let kill = 0; kill < 4; kill++) {
    const child = stage.spawn(['backfill', name, '--resume', '--rate', '1000', '--state', state]);
    const ended = resultOf(child);
    await sleep(1000 + Math.random() * 1500);
    child.kill('SIGKILL');
    await ended;
  }
  stage.openSearch.behave();
  const { status, stdout } = await backfill([name], state, '--resume', '--json');
  expect(status).toBe(0);
  expect(JSON.parse(stdout.split('\n')[0] ?? '').read).toBeGreaterThan(3500);
  await writer.stop();
  await mapping.drained();
  await expectIndexToEqualTable(stage, { suffix: 'followed' });
}, 240_000);
