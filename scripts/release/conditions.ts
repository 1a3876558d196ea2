import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Git } from './git.ts';

/** A version that is to be released, and its repository. */
export interface Candidate {
  readonly rootDirectory: string;
  readonly version: string;
  readonly git: Git;
}

/** Throws one sentence unless main, as it is committed, may be released as this version. */
export const assertReleasable = async (candidate: Candidate): Promise<void> => {
  await assertCommitted(candidate);
  await assertOnMain(candidate);
  await assertNew(candidate);
  assertAnnounced(candidate);
};

const assertCommitted = async ({ git }: Candidate): Promise<void> => {
  const changes = await git('status', '--porcelain');
  if (changes === '') return;
  const [first = '', ...others] = changes.split('\n');
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  throw new Error(
    `A release is made from what is committed, and the working tree has changes (${first}${more}): commit or remove them first.`,
  );
};

const assertOnMain = async ({ git }: Candidate): Promise<void> => {
  const branch = await git('rev-parse', '--abbrev-ref', 'HEAD');
  if (branch === 'main') return;
  throw new Error(`A release is made from main, and this is ${branch}: run git switch main first.`);
};

const assertNew = async ({ git, version }: Candidate): Promise<void> => {
  if ((await git('tag', '--list', `v${version}`)) === '') return;
  throw new Error(
    `The tag v${version} exists already, and nobody may see it change: raise the version first (npm version --no-git-tag-version minor), name it in CHANGELOG.md and commit both.`,
  );
};

const assertAnnounced = ({ rootDirectory, version }: Candidate): void => {
  const lines = readFileSync(join(rootDirectory, 'CHANGELOG.md'), 'utf8').split('\n');
  if (lines.some((line) => line === `## ${version}` || line.startsWith(`## ${version} `))) return;
  throw new Error(
    `CHANGELOG.md has no heading "## ${version}", the version in package.json: say there what a user can now do, and commit it first.`,
  );
};
