import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

/** A new directory, removed when the running test has finished. */
export const temporaryDirectory = (): string => {
  const directory = newDirectory('test');
  onTestFinished(() => remove(directory));
  return directory;
};

/** A new directory whose name begins so, removed after the test file. */
export const directoryOfFile = (prefix: string): string => {
  const directory = newDirectory(prefix);
  directories.push(directory);
  return directory;
};

// Hooks are taken while a file is read, and not while it runs. Nor would `process.on('exit')` do: workers of vitest are killed.
const directories: string[] = [];
afterAll(() => directories.forEach(remove));

const newDirectory = (prefix: string): string => mkdtempSync(join(tmpdir(), `${prefix}-`));

const remove = (directory: string): void => rmSync(directory, { recursive: true, force: true });
