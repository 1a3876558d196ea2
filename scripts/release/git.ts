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
        GIT_OPTIONAL_LOCKS: '0', // a status would rewrite the index
        ...(indexFile !== undefined && { GIT_INDEX_FILE: indexFile }),
      },
      missing:
        'A release is a commit, and git was not found in PATH: install it and run the command again.',
    });
    return printed.trim();
  };
