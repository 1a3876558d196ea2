import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../scripts/local/command.ts';
import { gitIn } from '../../scripts/release/git.ts';
import { type Sabotage, sabotaged } from './sabotage.ts';

/** What is here, committed or not, in a directory of its own, where it may be broken. */
export type WorkingCopy = {
  readonly directory: string;
  /** Runs a program of our packages in the copy. @throws Error with the end of its output when it fails */
  readonly run: (program: string, ...parameters: readonly string[]) => Promise<void>;
  /** Does something while a sabotage is in place. */
  readonly during: <Result>(sabotage: Sabotage, act: () => Promise<Result>) => Promise<Result>;
  readonly remove: () => Promise<void>;
};

const ROOT = join(import.meta.dirname, '../..');

/** Copies the files that git knows, or would add, and links our packages. */
export const workingCopy = async (environment: NodeJS.ProcessEnv): Promise<WorkingCopy> => {
  const directory = mkdtempSync(join(tmpdir(), 'sabotage-'));
  for (const path of await filesHere()) cpSync(join(ROOT, path), join(directory, path));
  symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
  return {
    directory,
    run: (program, ...parameters) =>
      run({
        program,
        arguments: parameters,
        directory,
        environment,
        missing: `${program} was not found: run npm ci`,
      }),
    during: async (sabotage, act) => {
      const path = join(directory, sabotage.file);
      const source = readFileSync(path, 'utf8');
      writeFileSync(path, sabotaged(source, sabotage));
      try {
        return await act();
      } finally {
        writeFileSync(path, source);
      }
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
};

const filesHere = async (): Promise<readonly string[]> => {
  const list = async (...which: readonly string[]) =>
    (await gitIn(ROOT)('ls-files', '-z', ...which)).split('\0').filter(Boolean);
  const deleted = new Set(await list('--deleted'));
  return (await list('--cached', '--others', '--exclude-standard')).filter(
    (path) => !deleted.has(path),
  );
};
