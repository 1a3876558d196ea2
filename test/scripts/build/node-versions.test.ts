import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';
import { buildFunction } from '../../../scripts/build/build-function.ts';
import { functionSource } from '../../../scripts/build/function-source.ts';
import { nodeExecutable } from '../../../scripts/local/lambda/node-executable.ts';
import { installNode } from '../../support/node-versions.ts';

const rootDirectory = join(import.meta.dirname, '../../..');

test('Node.js 20, 22 and 24 build the same archive', { timeout: 180_000 }, async () => {
  const program = await bundledProgram();
  const nodes = [await installNode(20), nodeExecutable(), await installNode(24)];
  const printed = nodes.map((node) => promisify(execFile)(node, [program, rootDirectory]));
  const { archive } = await buildFunction(functionSource(rootDirectory));
  const hash = createHash('sha256').update(archive).digest('hex');
  expect((await Promise.all(printed)).map(({ stdout }) => stdout)).toEqual([
    `20 ${hash}`,
    `22 ${hash}`,
    `24 ${hash}`,
  ]);
});

// Node.js 20 cannot run TypeScript, so each version runs the same JavaScript, below node_modules
// where it finds the packages that it imports.
const bundledProgram = async (): Promise<string> => {
  const cache = join(rootDirectory, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const directory = await mkdtemp(join(cache, 'build-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const program = join(directory, 'print-archive-hash.mjs');
  await build({
    bundle: true,
    entryPoints: [join(import.meta.dirname, 'print-archive-hash.ts')],
    format: 'esm',
    outfile: program,
    packages: 'external',
    platform: 'node',
    target: 'node20',
  });
  return program;
};
