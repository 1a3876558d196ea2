import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Clinic, newPatient, openClinic } from '../../../support/clinic.ts';
import { sharedServer } from '../../../support/shared-server.ts';

const program = join(import.meta.dirname, '../../../../scripts/operator.ts');

let clinic: Clinic;

beforeAll(async () => {
  const [moto, openSearch] = await Promise.all([
    sharedServer('moto'),
    sharedServer('opensearch-3.8'),
  ]);
  clinic = await openClinic(moto, openSearch);
});

afterAll(() => clinic.stop());

const start = (...typed: readonly string[]) =>
  spawn(process.execPath, [program, 'doctor', ...typed], {
    env: { PATH: process.env['PATH'], ...clinic.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const doctor = async (...typed: readonly string[]) => {
  const child = start(...typed);
  const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
  const [status] = await once(child, 'close');
  return { stdout: await stdout, stderr: await stderr, status };
};

test('nothing wrong ends with 0, and the probe is one more check', async () => {
  const { name } = await newPatient(clinic);
  const { stdout, stderr, status } = await doctor('--probe', '--parameter', name);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^Identity\n {2}✓ credentials {5}account 123456789012 in eu-west-1/);
  expect(stdout).toContain('  ✓ version rules');
  expect(stdout).toMatch(/\n\nNothing is wrong: \d+ ✓, 1 !\n$/);
  expect(status).toBe(0);
});

test('something wrong ends with 1; under --json every line is an object, the last one a summary', async () => {
  const { name } = await newPatient(clinic, { viewType: 'none' });
  const { stdout, status } = await doctor('--json', '--parameter', name);
  const lines = stdout.trimEnd().split('\n');
  const values: readonly Record<string, unknown>[] = lines.map((line) => JSON.parse(line));
  const checks = values.slice(0, -1);
  expect(checks.every(({ type }) => type === 'check')).toBe(true);
  expect(checks).toContainEqual({
    type: 'check',
    group: 'table',
    subject: name,
    name: 'stream',
    status: 'wrong',
    finding: 'the table has no stream: its changes cannot be followed',
    cure: expect.stringContaining('aws dynamodb update-table'),
    heading: 'Nothing is received although the table is written',
  });
  const wrong = checks.filter((check) => check['status'] === 'wrong').length;
  expect(values.at(-1)).toMatchObject({ type: 'summary', wrong });
  expect(status).toBe(1);
});

test('a parameter that is not there is a check that came out wrong, not a failure of the doctor', async () => {
  const { stdout, stderr, status } = await doctor('--parameter', 'there-is-none');
  expect(stdout).toContain('✗ content         there is no parameter there-is-none in eu-west-1');
  expect(stderr).toBe('');
  expect(status).toBe(1);
});

test('without access to AWS nothing can be told, which is status 2', async () => {
  const nobody = { ...clinic.environment, AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };
  const child = spawn(process.execPath, [program, 'doctor', '--parameter', 'p'], {
    env: { PATH: process.env['PATH'], AWS_EC2_METADATA_DISABLED: 'true', ...nobody },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const said = text(child.stdout);
  expect(await once(child, 'close')).toEqual([2, null]);
  expect(await said).toContain('\n\nWithout access to AWS it cannot be told whether');
});

test('commands in cures name the parameter and can be pasted', async () => {
  const { name } = await newPatient(clinic);
  const { stdout } = await doctor('--parameter', name);
  expect(stdout).toContain(
    `\n    npx dynamodb-to-opensearch backfill ${name} --parameter ${name}\n`,
  );
});

test('Ctrl-C ends it at once, though OpenSearch does not answer', async () => {
  const { name } = await newPatient(clinic);
  const asked = Promise.withResolvers<number>();
  clinic.openSearch.behave(() => {
    asked.resolve(performance.now());
    return 'silence';
  });
  const child = start('--parameter', name);
  const since = await asked.promise;
  child.kill('SIGINT');
  expect(await once(child, 'close')).toEqual([130, null]);
  expect(performance.now() - since).toBeLessThan(3000);
  clinic.openSearch.behave();
});
