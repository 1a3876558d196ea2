import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { type AwsStandIn, startAwsStandIn } from '../../../scripts/local/aws-stand-in.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const program = join(import.meta.dirname, 'sample-operator.ts');

let aws: AwsStandIn;
beforeAll(async () => {
  aws = await startAwsStandIn();
  aws.parameters.set('there', ['its value']);
  return aws.stop;
});

const keys = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };

/** Starts the sample commands as a person without any settings would, but for these. */
const start = (typed: string, environment: NodeJS.ProcessEnv = {}): ChildProcess => {
  const child = spawn(process.execPath, [program, ...typed.split(' ')], {
    cwd: temporaryDirectory(),
    env: {
      PATH: process.env['PATH'],
      HOME: temporaryDirectory(),
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ENDPOINT_URL: aws.url,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
};

/** What the child says and the status it ends with; to be called at once, before it can have ended. */
const ended = async (child: ChildProcess) => {
  const [stdout, stderr] = [textOf(child.stdout), textOf(child.stderr)];
  const [status] = await once(child, 'close');
  return { stdout: await stdout, stderr: await stderr, status };
};

const textOf = async (stream: Readable | null): Promise<string> =>
  stream === null ? '' : text(stream);

const run = (typed: string, environment?: NodeJS.ProcessEnv) => ended(start(typed, environment));

const region = { AWS_REGION: 'eu-west-1' };

test('what a command says and its status are those of the process', async () => {
  expect(await run('count Orders --limit 1 --parameter there', region)).toEqual({
    stdout: '1 Orders\n',
    stderr: 'counted\n',
    status: 0,
  });
  expect(await run('count --dry-run --parameter there', region)).toMatchObject({ status: 1 });
});

test('help is a result, what cannot be understood is not', async () => {
  expect(await run('count --help')).toMatchObject({
    stdout: expect.stringContaining('--dry-run'),
    stderr: '',
    status: 0,
  });
  expect(await run('cuont')).toEqual({
    stdout: '',
    stderr: "Unknown command 'cuont': did you mean count?\n",
    status: 2,
  });
});

const summary = async (typed: string, environment: NodeJS.ProcessEnv) =>
  JSON.parse((await run(`count --json --parameter there${typed}`, environment)).stdout);

test('the region is that of the option, of two variables, or of the profile', async () => {
  const config = join(temporaryDirectory(), 'config');
  writeFileSync(config, '[default]\nregion = eu-north-1\n[profile shop]\nregion = eu-south-1\n');
  const environment = {
    AWS_CONFIG_FILE: config,
    AWS_DEFAULT_REGION: 'eu-central-1',
    AWS_REGION: 'eu-west-1',
  };
  const { AWS_REGION: _region, ...without } = environment;
  const { AWS_DEFAULT_REGION: _default, ...withFile } = without;
  expect(await summary(' --region us-east-1', environment)).toMatchObject({ region: 'us-east-1' });
  expect(await summary('', environment)).toMatchObject({ region: 'eu-west-1' });
  expect(await summary('', without)).toMatchObject({ region: 'eu-central-1' });
  expect(await summary('', withFile)).toMatchObject({ region: 'eu-north-1' });
  expect(await summary(' --profile shop', withFile)).toMatchObject({ region: 'eu-south-1' });
});

test('without a region one sentence says how to name one', async () => {
  expect(await run('read --parameter there', keys)).toEqual({
    stdout: '',
    stderr:
      'No AWS region is named: give --region, set AWS_REGION, or choose with --profile a profile that has one.\n',
    status: 2,
  });
});

test('the region of AWS_DEFAULT_REGION is the one that AWS is asked in', async () => {
  const environment = { ...keys, AWS_DEFAULT_REGION: 'eu-west-1' };
  expect(await run('read --parameter there', environment)).toMatchObject({
    stdout: 'its value\n',
    status: 0,
  });
});

test('credentials that are nowhere to be found are one sentence and the cure', async () => {
  expect(await run('read --parameter there', region)).toEqual({
    stdout: '',
    stderr:
      'Could not load credentials from any providers. Choose a profile with --profile or AWS_PROFILE, sign in with "aws sso login", or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.\n',
    status: 2,
  });
});

test('--profile comes before keys in the environment, and says so where it does not exist', async () => {
  const { stderr, status } = await run('read --parameter there --profile shop', {
    ...keys,
    ...region,
  });
  expect(stderr).toMatch(/^Could not load credentials .*\. The profile is shop: /);
  expect(status).toBe(2);
});

test('keys in the environment come before AWS_PROFILE, as the AWS CLI has it', async () => {
  const environment = { ...keys, ...region, AWS_PROFILE: 'absent' };
  expect(await run('read --parameter there', environment)).toEqual({
    stdout: 'its value\n',
    stderr: '',
    status: 0,
  });
});

test('a parameter that is not there is one sentence and the cure, a command that lists those that there are', async () => {
  expect(await run('read --parameter gone', { ...keys, ...region })).toMatchObject({
    stderr: expect.stringMatching(
      /^There is no SSM parameter gone in eu-west-1 and this account\. .*\n {2}aws ssm describe-parameters .*\n$/,
    ),
    status: 2,
  });
});

test.each(['--debug', 'LOG_LEVEL'])('%s says where an error comes from', async (way) => {
  const typed = `read --parameter gone${way === '--debug' ? ' --debug' : ''}`;
  const environment = { ...keys, ...region, ...(way === 'LOG_LEVEL' && { LOG_LEVEL: 'DEBUG' }) };
  expect((await run(typed, environment)).stderr).toMatch(/\n\nServiceError: .*\n {4}at /);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  'a command that is told to end by %s ends itself, with status 130',
  async (signal) => {
    const child = start('wait --parameter there', region);
    child.stdout?.once('data', () => child.kill(signal));
    expect(await ended(child)).toEqual({
      stdout: expect.stringMatching(/done\n$/),
      stderr: '',
      status: 130,
    });
  },
);

test('a second signal does not wait', async () => {
  const child = start('wait --deaf --parameter there', region);
  const closed = once(child, 'close');
  await once(child.stdout ?? child, 'data');
  child.kill('SIGINT');
  const second = setInterval(() => child.kill('SIGINT'), 600);
  expect(await closed).toEqual([130, null]);
  clearInterval(second);
});

test('what takes its time to end says that a second Ctrl-C ends it at once', async () => {
  const child = start('wait --deaf --parameter there', region);
  child.stdout?.once('data', () => child.kill('SIGINT'));
  child.stderr?.once('data', () => child.kill('SIGINT'));
  expect(await ended(child)).toMatchObject({
    stderr: 'Ending; Ctrl-C again ends at once.\n',
    status: 130,
  });
});

test('help that was asked for is what the process says, with status 0', async () => {
  const { stdout, stderr, status } = await run('help count');
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  expect(stdout).toContain('--dry-run');
});

test('who has read enough ends it quietly', async () => {
  const child = start('count --limit 10000000 --parameter there', region);
  child.stdout?.once('data', () => child.stdout?.destroy());
  const said = textOf(child.stderr);
  expect(await once(child, 'close')).toEqual([141, null]);
  expect(await said).toBe('');
});
