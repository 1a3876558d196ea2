import { cpSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Environment } from '../../scripts/local/cache.ts';
import { run } from '../../scripts/local/command.ts';
import { nodeExecutable } from '../../scripts/local/lambda/node-executable.ts';
import { installPackage, withoutOuterNpm } from '../support/installed-package.ts';
import { installNode } from '../support/node-versions.ts';
import { publishRelease } from '../support/published-release.ts';
import { directoryOfFile } from '../support/temporary-directory.ts';
import { runTerraform, terraformEnvironment } from '../support/terraform-program.ts';

const PROGRAM = join(import.meta.dirname, 'cdktf');

let home: string;
let packages: string;
let environment: Environment;
beforeAll(async () => {
  home = directoryOfFile('cdktf');
  const { environment: git } = await publishRelease();
  // It keeps providers and settings in the home directory, and asks every time whether there is a newer one of it.
  const own = { ...git, HOME: home, DISABLE_VERSION_CHECK: '1', CI: '1' };
  environment = withoutOuterNpm(await terraformEnvironment(own));
  await runTerraform(home, ['version'], environment); // says how to get it, where there is none
  packages = await installPackage({ directory: PROGRAM, scripts: 'ignore' }, process.env);
});

test.each([
  [20, () => installNode(20)],
  [22, async () => nodeExecutable()],
])('a CDKTF program on Node.js %s uses the module of a release', async (version, findNode) => {
  const directory = join(home, `node-${version}`);
  copyProgram(directory);
  const path = `${dirname(await findNode())}${delimiter}${environment['PATH']}`;
  for (const script of ['get', 'compile', 'synth'])
    await runNpm(directory, script, { ...environment, PATH: path });
  const stack = join(directory, 'cdktf.out/stacks/search');
  expect(moduleCalls(stack)).toEqual({
    search_sync: {
      name: 'shop-prod',
      opensearch: { domain_name: 'shop' },
      source: expect.stringMatching(/^git::https:.*\/modules\/sync\?ref=v1\.0\.0$/),
      tables: { Orders: {}, Users: { index: 'people', exclude: ['password_hash'] } },
    },
  });
  expect(await runTerraform(stack, ['init', '-no-color'], environment)).toMatchObject({
    exitCode: 0,
  });
  const { stdout } = await runTerraform(stack, ['validate', '-json'], environment);
  expect(JSON.parse(stdout)).toMatchObject({ valid: true, diagnostics: [] });
});

const copyProgram = (directory: string): void => {
  const made = ['node_modules', '.gen', 'cdktf.out', 'main.js'];
  cpSync(PROGRAM, directory, { recursive: true, filter: (path) => !made.includes(basename(path)) });
  symlinkSync(join(packages, 'node_modules'), join(directory, 'node_modules'));
};

const runNpm = (directory: string, script: string, environment: Environment): Promise<void> =>
  run({
    program: 'npm',
    arguments: ['run', script],
    directory,
    environment,
    missing: 'npm runs the CDKTF program, and was not found in PATH: install Node.js with npm.',
  });

const moduleCalls = (stack: string): unknown => {
  const synthesised: { readonly module: { readonly [name: string]: object } } = JSON.parse(
    readFileSync(join(stack, 'cdk.tf.json'), 'utf8'),
  );
  return Object.fromEntries(
    Object.entries(synthesised.module).map(([name, call]) => [name, withoutNotes(call)]),
  );
};

// CDKTF's notes to itself stand below the key "//".
const withoutNotes = (call: object): object =>
  Object.fromEntries(Object.entries(call).filter(([key]) => key !== '//'));
