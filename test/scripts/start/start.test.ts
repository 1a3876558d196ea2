import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { descendantsOf, running } from './child-processes.ts';

const script = join(import.meta.dirname, '../../../scripts/start.ts');

/** Runs `npm start` on no terminal and in a directory for temporary files of its own. */
const start = (options: readonly string[], environment: NodeJS.ProcessEnv = {}) => {
  const directory = temporaryDirectory();
  const child = spawn(process.execPath, [script, ...options], {
    env: { ...process.env, TMPDIR: directory, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGTERM'));
  const output = { stdout: text(child.stdout), stderr: text(child.stderr) };
  return { child, directory, output, ended: once(child, 'close') };
};

/** The processes that the child has started when it writes the data; none if it ends before. */
const startedWhenWriting = (child: ChildProcess): Promise<readonly number[]> =>
  new Promise((resolve) => {
    child.once('close', () => resolve([]));
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.includes('writing 3,201 movies')) resolve(descendantsOf(child.pid ?? 0));
    });
  });

test('with --once it loads, compares, says so and leaves nothing behind', {
  timeout: 180_000,
}, async () => {
  const { child, directory, output, ended } = start(['--once']);
  const started = await startedWhenWriting(child);
  expect(await ended).toEqual([0, null]);
  expect(await output.stderr).toBe('');
  const lines = (await output.stdout).split('\n');
  expect(lines).toContainEqual(
    expect.stringMatching(/^✓ index equals table {2}4,910 items, each compared with its document/),
  );
  expect(lines).toContain('  6 hits, the first: Moon');
  expect(lines).toContainEqual(expect.stringContaining('npx dynamodb-to-opensearch verify --all'));
  expect(started.length).toBeGreaterThanOrEqual(2);
  expect(running(started)).toEqual([]);
  expect(readdirSync(directory)).toEqual([]);
});

test('interrupted in the middle, it ends with status 0 and leaves nothing behind', {
  timeout: 180_000,
}, async () => {
  const { child, directory, output, ended } = start([]);
  const started = await startedWhenWriting(child);
  child.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  expect(await output.stderr).toBe('');
  expect(await output.stdout).toContain('Stopped: nothing of it is left running');
  expect(started.length).toBeGreaterThanOrEqual(2);
  expect(running(started)).toEqual([]);
  expect(readdirSync(directory)).toEqual([]);
});

test('without Maven and jars, it says in one sentence what to install', {
  timeout: 30_000,
}, async () => {
  const empty = temporaryDirectory();
  const { output, ended } = start([], { PATH: empty, XDG_CACHE_HOME: empty });
  expect(await ended).toEqual([1, null]);
  expect(await output.stderr).toMatch(
    /^Apache Maven fetches .* install it \(.*\) and run the command again\.\n$/,
  );
});

test('an option that does not exist is refused, with those that do', async () => {
  const { output, ended } = start(['--twice']);
  expect(await ended).toEqual([2, null]);
  expect(await output.stderr).toMatch(/^Unknown option '--twice'.*\n\n.*--once /s);
});
