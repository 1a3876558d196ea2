import { dirname, join } from 'node:path';
import type { Environment } from '../../scripts/local/cache.ts';
import { fromNoHook } from '../../scripts/release/git.ts';
import { announce, runRelease } from './release.ts';
import { copyRepository, type RepositoryCopy } from './repository-copy.ts';
import { directoryOfFile } from './temporary-directory.ts';

/** The repository as others see it, with main and the tag v1.0.0. */
export type PublishedRelease = RepositoryCopy & {
  /** With it, git finds the repository at https://example.com/dynamodb-to-opensearch.git, and needs no network. */
  readonly environment: Environment;
};

/** Releases what is here as v1.0.0, committed or not, and publishes it with the commands that the release prints. */
export const publishRelease = async (): Promise<PublishedRelease> => {
  const repository = await copyRepository();
  const bare = join(directoryOfFile('git-host'), 'dynamodb-to-opensearch.git');
  await repository.git('init', '--quiet', '--bare', bare);
  await repository.git('remote', 'add', 'origin', bare);
  await announce(repository, '1.0.0');
  const { exitCode, stdout, stderr } = runRelease(repository);
  if (exitCode !== 0) throw new Error(stderr);
  for (const [, command = ''] of stdout.matchAll(/^ {2}git (push .*)$/gm))
    await repository.git(...command.split(' '));
  return { ...repository, environment: servedAs('https://example.com/', bare) };
};

const servedAs = (url: string, bareRepository: string): Environment => ({
  ...fromNoHook,
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: `url.file://${dirname(bareRepository)}/.insteadOf`,
  GIT_CONFIG_VALUE_0: url,
});
