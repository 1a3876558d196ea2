import { beforeAll, describe, expect, test } from 'vitest';
import { openWorkspace, type Workspace } from '../../support/terraform.ts';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await openWorkspace({ path: 'modules/sync' });
  await workspace.init();
});

describe('the module', () => {
  test('is formatted, and so is everything that uses it', async () => {
    const { stdout, stderr } = await workspace.run('fmt', '-check', '-recursive', '-diff', '../..');
    expect(stdout + stderr).toBe('');
  });

  test('is valid', async () => {
    const { exitCode, stdout } = await workspace.run('validate', '-json');
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, diagnostics: [] });
    expect(exitCode).toBe(0);
  });

  test('passes its own tests, modules/sync/tests', async () => {
    const { exitCode, stdout, stderr } = await workspace.run('test', '-no-color');
    expect(exitCode, stdout + stderr).toBe(0);
    // No file was left out because of a wrong name or place.
    expect(stdout).toMatch(/^Success! \d{2,} passed, 0 failed\.$/m);
  }, 600_000);
});
