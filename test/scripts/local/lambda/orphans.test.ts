import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { temporaryDirectory } from './temporary-function.ts';

// By its traces and not by its process id: a dead orphan keeps that until the machine's init has reaped it.
const isCounting = async (path: string): Promise<boolean> => {
  const before = await readFile(path, 'utf8').catch(() => '');
  await wait(100);
  return (await readFile(path, 'utf8').catch(() => '')) !== before;
};

test('a function that spins does not outlive its parent, even when the parent is killed', async () => {
  const directory = await temporaryDirectory(
    `const { writeFileSync } = require('node:fs');
     exports.handler = async () => { for (let n = 0; ; n += 1) writeFileSync('count', String(n)); };`,
  );
  const module = new URL('../../../../scripts/local/lambda/function.ts', import.meta.url);
  const script = join(directory, 'parent.mjs');
  await writeFile(
    script,
    `import { createFunction } from ${JSON.stringify(module.href)};
     createFunction({ directory: ${JSON.stringify(directory)}, environment: {}, concurrency: 1,
       timeoutMilliseconds: 20000 }).invoke('{}');`,
  );
  const parent = spawn(process.execPath, [script], { stdio: 'ignore' });
  await expect.poll(() => isCounting(join(directory, 'count')), { timeout: 10_000 }).toBe(true);
  parent.kill('SIGKILL');
  await expect.poll(() => isCounting(join(directory, 'count')), { timeout: 5_000 }).toBe(false);
});
