import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { assertWithinBudget, budget, sizeOf } from '../../../scripts/build/budget.ts';
import { type BuiltFunction, buildFunction } from '../../../scripts/build/build-function.ts';
import { partsOf } from '../../../scripts/build/bundle-parts.ts';
import { functionSource } from '../../../scripts/build/function-source.ts';
import { runPython } from '../../support/python.ts';

const rootDirectory = join(import.meta.dirname, '../../..');
const build = (): Promise<BuiltFunction> => buildFunction(functionSource(rootDirectory));

let built: BuiltFunction;
beforeAll(async () => {
  built = await build();
});

test('two builds give the same bytes', async () => {
  const again = await build();
  expect(Buffer.from(again.bundle.code).equals(built.bundle.code)).toBe(true);
  expect(Buffer.from(again.archive).equals(built.archive)).toBe(true);
});

test('the time and the time zone of a build are not in the archive', async () => {
  vi.stubEnv('TZ', 'Pacific/Auckland');
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(Buffer.from((await build()).archive).equals(built.archive)).toBe(true);
});

test('the bundle holds no trace of the machine that built it', () => {
  const code = Buffer.from(built.bundle.code).toString();
  const isAscii = /^\p{ASCII}*$/u.test(code); // V8 keeps and reads it in half the memory
  const traces = [rootDirectory, homedir(), tmpdir(), hostname(), 'node_modules/', 'chunk-'];
  expect(traces.filter((trace) => trace.length > 4 && code.includes(trace))).toEqual([]);
  expect(isAscii).toBe(true);
});

test('no line of the bundle is too long to be printed with an uncaught error', () => {
  const lines = Buffer.from(built.bundle.code).toString().split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(5_000);
});

test('the bundle is within its budget', () => {
  expect(() => assertWithinBudget(sizeOf(built.bundle), budget)).not.toThrow();
});

test('the parts in the report add up to the bundle', () => {
  const total = partsOf(built.bundle).reduce((bytes, part) => bytes + part.bytes, 0);
  expect(total).toBe(built.bundle.code.byteLength);
});

test.each([
  '@aws-sdk/client-dynamodb',
  '@aws-sdk/client-lambda',
  '@aws-sdk/client-s3',
  '@aws-sdk/client-secrets-manager',
  '@aws-sdk/client-sts',
  '@aws-sdk/nested-clients',
])('%s runs only once it is asked for', (name) => {
  const part = partsOf(built.bundle).find((one) => one.name === name);
  expect(part?.bytes).toBeGreaterThan(0);
  expect(part?.onDemandBytes).toBe(part?.bytes);
});

test('of the operator commands nothing runs before one of them is asked for', () => {
  const isOfCommands = ({ path }: { readonly path: string }) => path.includes('/src/operator/');
  const ofCommands = built.bundle.files.filter((file) => isOfCommands(file) && file.bytes > 0);
  expect(ofCommands.length).toBeGreaterThan(0);
  expect(ofCommands.filter(({ isOnDemand }) => !isOnDemand)).toEqual([]);
});

test('the archive holds index.js, readable by all, and nothing else', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'archive-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const path = join(directory, 'function.zip');
  await writeFile(path, built.archive);
  const listing = runPython(listZip, path);
  expect(JSON.parse(listing)).toEqual([
    {
      name: 'index.js',
      mode: '-rw-r--r--',
      text: Buffer.from(built.bundle.code).toString(),
    },
  ]);
});

const listZip = `
import json, stat, sys, zipfile
archive = zipfile.ZipFile(sys.stdin.read())
print(json.dumps([{
  'name': entry.filename,
  'mode': stat.filemode(entry.external_attr >> 16),
  'text': archive.read(entry).decode(),
} for entry in archive.infolist()]))`;
