import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { temporaryDirectory } from './temporary-directory.ts';
import { isLeftover, openWorkspace } from './terraform.ts';

const MAIN = `
variable "names" {
  type = set(string)
}
resource "terraform_data" "each" {
  for_each = var.names
  input    = "value of \${each.key}"
}
`;

const opened = (tfvars: string) =>
  openWorkspace({ path: 'root', files: { 'main.tf': MAIN, 'terraform.tfvars': tfvars } });

test('a plan names its changes, an apply makes them, and then there are none', async () => {
  const { init, plan, apply, destroy, write, show } = await opened('names = ["a", "b"]');
  await init();
  const first = await plan();
  expect(first).toMatchObject({
    exitCode: 2,
    changes: ['create terraform_data.each["a"]', 'create terraform_data.each["b"]'],
  });
  expect(await show()).toMatchObject({ variables: { names: { value: ['a', 'b'] } } });
  expect(await apply()).toMatchObject({ exitCode: 0, problems: [] });
  expect(await plan()).toMatchObject({ exitCode: 0, changes: [] });
  write('terraform.tfvars', 'names = ["b"]');
  expect((await plan()).changes).toEqual(['delete terraform_data.each["a"]']);
  expect((await destroy()).exitCode).toBe(0);
}, 60_000);

test('what cannot be planned is a problem with its whole text', async () => {
  const { init, plan } = await opened('names = 1');
  await init();
  const { exitCode, problems } = await plan();
  expect(exitCode).toBe(1);
  expect(problems[0]).toMatchObject({
    severity: 'error',
    text: expect.stringMatching(/^Invalid value for input variable: .* set of string required\.$/),
  });
}, 60_000);

test('a copy has the module with its archive', async () => {
  const { directory } = await openWorkspace({ path: 'root' });
  expect(existsSync(join(directory, '../modules/sync/dist/function.zip'))).toBe(true);
});

test.each([
  ['.terraform', true],
  ['.terraform.lock.hcl', true],
  ['terraform.tfstate.backup', true],
  ['terraform.tfvars', true],
  ['terraform.tfvars.json', true],
  ['saved.tfplan', true],
  ['terraform.tfvars.example', false],
  ['main.tf', false],
])('%s was left behind, and does not get into a copy: %s', (name, isLeft) => {
  expect(isLeftover(join('envs/prod', name))).toBe(isLeft);
});

test('a missing terraform is one sentence with the cure', async () => {
  vi.stubEnv('PATH', temporaryDirectory());
  const { init } = await openWorkspace({ path: 'root' });
  await expect(init()).rejects.toThrow(
    /^The tests of the module run terraform, which was not found in PATH: install .* and run the command again\.$/,
  );
  vi.unstubAllEnvs();
});
