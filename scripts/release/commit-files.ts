import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitIn } from './git.ts';
import type { ReleaseFile } from './release-files.ts';

/** What a commit adds to the one that is checked out. */
export interface Addition {
  readonly files: readonly ReleaseFile[];
  readonly message: string;
}

/**
 * Makes a commit on top of the one that is checked out, and returns its hash. No branch points to it,
 * and neither the working tree nor the index notices: it is composed in an index of its own.
 */
export const commitFiles = async (
  rootDirectory: string,
  { files, message }: Addition,
): Promise<string> => {
  const directory = await mkdtemp(join(tmpdir(), 'release-'));
  try {
    const git = gitIn(rootDirectory, join(directory, 'index'));
    await git('read-tree', 'HEAD');
    for (const { path, contents } of files) {
      const copy = join(directory, 'contents');
      await writeFile(copy, contents);
      const blob = await git('hash-object', '-w', '--no-filters', copy);
      await git('update-index', '--add', '--cacheinfo', `100644,${blob},${path}`);
    }
    return await git('commit-tree', await git('write-tree'), '-p', 'HEAD', '-m', message);
  } finally {
    await rm(directory, { recursive: true });
  }
};
