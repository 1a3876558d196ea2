import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { installNode } from './node-versions.ts';
import { installRuntimeInterfaceClient } from './runtime-interface-client.ts';
import { temporaryDirectory } from './temporary-directory.ts';

test.each([
  [20, 'v20.20.2'],
  [24, 'v24.21.0'],
] as const)(
  'Node %s comes from npm',
  async (majorVersion, version) => {
    const node = await installNode(majorVersion);
    expect(execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()).toBe(version);
  },
  180_000,
);

test("AWS's Lambda runtime comes from npm", async () => {
  expect(existsSync(await installRuntimeInterfaceClient())).toBe(true);
}, 180_000);

test('a missing npm is one sentence with the cure', async () => {
  const environment = { PATH: temporaryDirectory(), XDG_CACHE_HOME: temporaryDirectory() };
  await expect(installNode(24, environment)).rejects.toThrow(
    /^npm installs .* not found in PATH: install Node\.js with npm and run the command again\.$/,
  );
});
