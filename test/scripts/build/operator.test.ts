import { execFile } from 'node:child_process';
import { chmodSync, cpSync, writeFileSync } from 'node:fs';
import { homedir, hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { buildOperator } from '../../../scripts/build/build-operator.ts';
import { bundledPackages } from '../../../scripts/build/bundled-packages.ts';
import { operatorSource } from '../../../scripts/build/operator-source.ts';
import { thirdPartyLicenses } from '../../../scripts/build/third-party-licenses.ts';
import { type AwsStandIn, startAwsStandIn } from '../../../scripts/local/aws-stand-in.ts';
import { nodeExecutable } from '../../../scripts/local/lambda/node-executable.ts';
import { commands } from '../../../scripts/operator/commands.ts';
import { withoutOuterNpm } from '../../support/installed-package.ts';
import { installNode } from '../../support/node-versions.ts';
import { directoryOfFile, temporaryDirectory } from '../../support/temporary-directory.ts';

const rootDirectory = join(import.meta.dirname, '../../..');
const source = operatorSource(rootDirectory);
const sampleSource = { ...source, entry: 'test/scripts/operator/sample-operator.ts' };
const run = promisify(execFile);

let code: Uint8Array;
let aws: AwsStandIn;
beforeAll(async () => {
  ({ code } = await buildOperator(source));
  aws = await startAwsStandIn();
  aws.parameters.set('there', ['its value']);
  return aws.stop;
});

const written = (contents: Uint8Array): string => {
  const path = join(directoryOfFile('operator'), 'dynamodb-to-opensearch.cjs');
  writeFileSync(path, contents);
  chmodSync(path, 0o755);
  return path;
};

/** How to run Node.js 20, 22 and 24, which runs from which directory does not matter. */
const nodes = async (): Promise<readonly string[]> => [
  await installNode(20),
  nodeExecutable(),
  await installNode(24),
];

test('Node.js 20, 22 and 24 run the file from anywhere, without node_modules', {
  timeout: 180_000,
}, async () => {
  const file = written(code);
  for (const node of await nodes()) {
    const { stdout, stderr } = await run(node, [file, '--help'], { cwd: temporaryDirectory() });
    for (const { name } of commands) expect(stdout).toContain(`\n${name} `);
    expect(stderr).toBe('');
  }
});

test('on each of them AWS is asked without a warning', { timeout: 180_000 }, async () => {
  const file = written((await buildOperator(sampleSource)).code);
  const env = {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL: aws.url,
  };
  for (const node of await nodes())
    expect(await run(node, [file, 'read', '--parameter', 'there'], { env })).toEqual({
      stdout: 'its value\n',
      stderr: '',
    });
});

test('the file runs by its name', async () => {
  const { stdout } = await run(written(code), ['--help']);
  expect(stdout).toContain('dynamodb-to-opensearch <command> --help');
});

test('two builds give the same bytes, without a trace of the machine', async () => {
  const again = await buildOperator(source);
  expect(Buffer.from(again.code).equals(code)).toBe(true);
  const text = Buffer.from(code).toString();
  const traces = [rootDirectory, homedir(), tmpdir(), hostname(), 'node_modules/', 'chunk-'];
  expect(traces.filter((trace) => trace.length > 4 && text.includes(trace))).toEqual([]);
});

test('every package in it is named, with its licence', async () => {
  const text = thirdPartyLicenses(bundledPackages(rootDirectory, await buildOperator(source)));
  expect(text).toMatch(/^commander \d+\.\d+\.\d+ \(MIT\)$/m);
});

/** As much of a clone as `npx` looks at. */
const clone = (): string => {
  const directory = temporaryDirectory();
  for (const path of ['package.json', 'scripts/operator/launch.cjs'])
    cpSync(join(rootDirectory, path), join(directory, path));
  return directory;
};

const npx = (directory: string, ...typed: readonly string[]) => {
  const env = { ...withoutOuterNpm(process.env), npm_config_offline: 'true' };
  return run('npx', ['dynamodb-to-opensearch', ...typed], { cwd: directory, env });
};

test('npx runs it in a clone that is built, without asking a registry', async () => {
  const directory = clone();
  cpSync(written(code), join(directory, 'dist/dynamodb-to-opensearch.cjs'));
  expect(await npx(directory, '--version')).toMatchObject({ stdout: `${manifest.version}\n` });
});

test('in a clone that is not built it says how to build it', async () => {
  await expect(npx(clone(), '--version')).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining(
      'dynamodb-to-opensearch is not built yet: run npm ci && npm run build.\n',
    ),
  });
});
