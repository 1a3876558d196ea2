import { beforeAll, describe, expect, test } from 'vitest';
import { openWorkspace, type Workspace } from '../../support/terraform.ts';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await openWorkspace({ path: 'modules/operations' });
  await workspace.init();
});

describe('the module', () => {
  test('is valid', async () => {
    const { exitCode, stdout } = await workspace.run('validate', '-json');
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, diagnostics: [] });
    expect(exitCode).toBe(0);
  });

  test('passes its own tests, modules/operations/tests', async () => {
    const { exitCode, stdout, stderr } = await workspace.run('test', '-no-color');
    expect(exitCode, stdout + stderr).toBe(0);
    // No file was left out because of a wrong name or place.
    expect(stdout).toMatch(/^Success! \d{2,} passed, 0 failed\.$/m);
  }, 600_000);
});
