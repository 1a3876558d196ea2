import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRemoteStage, type RemoteStage } from './remote-stage.ts';

let stage: RemoteStage;

beforeAll(async () => {
  stage = await openRemoteStage();
});

afterAll(() => stage?.stop());

const reachable = { group: 'OpenSearch', name: 'reachability', status: 'ok', finding: '3.8.0' };

test('what needs no network is looked at here, the rest by the function as itself', async () => {
  stage.works(async (_run, request) => {
    expect(request).toEqual({ step: 'doctor', probe: true, tables: null });
    return { checks: [reachable] };
  });
  const { status, stdout, stderr } = await stage.run('doctor', '--remote', '--probe');
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^Identity\n {2}✓ credentials {5}account 123456789012 in eu-west-1/);
  expect(stdout).toContain('\nOperations shop-operations\n');
  expect(stdout).toContain('  ✓ parameter       shop-configuration-operations\n');
  expect(stdout).toMatch(/\n {2}✓ state machine {3}shop-operations: nothing ran yet\n/);
  expect(stdout).toContain('\n\nInside the network, as shop-operations\n');
  expect(stdout).toMatch(/\n\nOpenSearch\n {2}✓ reachability {4}3\.8\.0\n/);
  expect(stdout).toMatch(/\n\nNothing is wrong: 4 ✓, 1 skipped\n$/);
  expect(status).toBe(0);
});

test('what the function finds wrong ends with 1, and is a line of JSON each', async () => {
  stage.works(async () => ({ checks: [{ ...reachable, status: 'wrong', finding: 'silence' }] }));
  const { status, stdout } = await stage.run('doctor', '--remote', '--json');
  const lines = stdout.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line)).slice(-2)).toEqual([
    { type: 'check', ...reachable, status: 'wrong', finding: 'silence' },
    { type: 'summary', ok: 3, warning: 0, wrong: 1, skipped: 1 },
  ]);
  expect(status).toBe(1);
});

test('a function that fails is one sentence, with status 2', async () => {
  stage.works(async () => {
    throw new Error('the parameter shop-configuration:3 is gone');
  });
  const { status, stderr } = await stage.run('doctor', '--remote');
  expect(stderr).toBe(
    'The function shop-operations failed: the parameter shop-configuration:3 is gone\n',
  );
  expect(status).toBe(2);
});

test('whom AWS does not know learns no more than that, with status 2', async () => {
  const { status, stdout, stderr } = await stage.run('doctor', '--remote', '--profile', 'nobody');
  expect(stdout).toMatch(/^Identity\n {2}✗ credentials /);
  expect(stdout).toMatch(
    /\nWithout access to AWS it cannot be told whether anything is wrong\.\n$/,
  );
  expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
});
