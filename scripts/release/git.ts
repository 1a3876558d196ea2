import type { Environment } from '../local/cache.ts';
import { outputOf } from '../local/command.ts';

/** Runs git with these arguments and returns what it prints, trimmed. */
export type Git = (...parameters: readonly string[]) => Promise<string>;

/** Git in a repository; with an index file of its own it leaves the repository's alone. */
export const gitIn =
  (directory: string, indexFile?: string): Git =>
  async (...parameters) => {
    const printed = await outputOf({
      program: 'git',
      arguments: parameters,
      directory,
      environment: {
        ...process.env,
        ...fromNoHook,
        GIT_INDEX_FILE: indexFile,
        GIT_OPTIONAL_LOCKS: '0', // a status would rewrite the index
      },
      missing:
        'A release is a commit, and git was not found in PATH: install it and run the command again.',
    });
    return printed.trim();
  };

/** To spread over an environment: a hook's children are told its repository, and git would take that one instead of the directory's. */
export const fromNoHook: Environment = {
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_INDEX_FILE: undefined,
  GIT_OBJECT_DIRECTORY: undefined,
  GIT_COMMON_DIR: undefined,
  GIT_PREFIX: undefined,
};
