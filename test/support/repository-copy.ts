import { cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Git, gitIn } from '../../scripts/release/git.ts';
import { directoryOfFile } from './temporary-directory.ts';

/** A git repository of its own. */
export type RepositoryCopy = {
  readonly directory: string;
  readonly git: Git;
};

const ROOT = join(import.meta.dirname, '../..');

/**
 * Copies what is here, committed or not, into a repository of one commit on main. It has this one's
 * packages, so that it can be built, and is removed after the test file.
 */
export const copyRepository = async (): Promise<RepositoryCopy> => {
  const directory = directoryOfFile('repository');
  for (const path of await filesHere()) cpSync(join(ROOT, path), join(directory, path));
  const git = gitIn(directory);
  await git('init', '--quiet', '--initial-branch=main');
  for (const [name, value] of Object.entries(SETTINGS)) await git('config', name, value);
  symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
  await git('add', '--all');
  await git('commit', '--quiet', '--message', 'What is here');
  return { directory, git };
};

// Nobody's key is asked for.
const SETTINGS = {
  'user.name': 'A Maintainer',
  'user.email': 'maintainer@example.com',
  'commit.gpgSign': 'false',
  'tag.gpgSign': 'false',
};

const filesHere = async (): Promise<readonly string[]> => {
  const list = async (...which: readonly string[]): Promise<readonly string[]> =>
    (await gitIn(ROOT)('ls-files', '-z', ...which)).split('\0').filter(Boolean);
  const deleted = new Set(await list('--deleted'));
  const files = await list('--cached', '--others', '--exclude-standard');
  return files.filter((path) => !deleted.has(path));
};
