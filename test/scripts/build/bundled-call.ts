import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { bundle } from '../../../scripts/build/bundle.ts';
import { cuts } from '../../../scripts/build/cuts.ts';

/** A process that calls one of the functions in sdk-calls.ts, in a bundle made as the function's is. */
export interface Call {
  readonly name: 'accessKey' | 'parameterError';
  /** All of the environment; `~/` stands for the home directory. */
  readonly environment: Readonly<Record<string, string>>;
  /** Files by their paths below the home directory. */
  readonly homeFiles?: Readonly<Record<string, string>>;
}

/** What the call returns. */
export const bundledCall = async ({
  name,
  environment,
  homeFiles = {},
}: Call): Promise<unknown> => {
  const home = await mkdtemp(join(tmpdir(), 'home-'));
  onTestFinished(() => rm(home, { recursive: true }));
  const indexJs = join(home, 'index.js');
  await writeFile(indexJs, await bundledCalls);
  for (const [path, content] of Object.entries(homeFiles)) {
    await mkdir(dirname(join(home, path)), { recursive: true });
    await writeFile(join(home, path), content);
  }
  const variables = Object.entries(environment).map(([key, value]) => [
    key,
    value.replace('~/', `${home}/`),
  ]);
  const program = `require(${JSON.stringify(indexJs)}).${name}().then((value) => console.log(JSON.stringify(value)))`;
  const env = { ...Object.fromEntries(variables), HOME: home };
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', program], { env });
  return JSON.parse(stdout);
};

const rootDirectory = join(import.meta.dirname, '../../..');
const entry = 'test/scripts/build/sdk-calls.ts';
const bundledCalls = bundle({ rootDirectory, entry, cuts, target: 'node22' }).then(
  ({ code }) => code,
);
