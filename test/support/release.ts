import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RepositoryCopy } from './repository-copy.ts';

/** What a run of `npm run release:prepare` came to. */
export type ReleaseRun = {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** Does what a maintainer does before a release: the version in package.json, a heading in the changelog, a commit. */
export const announce = async (
  { directory, git }: RepositoryCopy,
  version: string,
): Promise<void> => {
  const edit = (name: string, change: (text: string) => string): void => {
    const path = join(directory, name);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
  };
  edit('package.json', (text) => text.replace(/"version": ".*?"/, `"version": "${version}"`));
  edit('CHANGELOG.md', (text) => `${text}\n## ${version} (2026-11-30)\n\nYou can now use it.\n`);
  await git('commit', '--quiet', '--all', '--message', `Version ${version}`);
};

/** Runs the script behind `npm run release:prepare`, without asking a registry. */
export const runRelease = (
  { directory }: RepositoryCopy,
  option = '--without-audit',
): ReleaseRun => {
  const parameters = [join(directory, 'scripts/release.ts'), option];
  const { status, stdout, stderr } = spawnSync(process.execPath, parameters, { encoding: 'utf8' });
  return { exitCode: status, stdout, stderr };
};
