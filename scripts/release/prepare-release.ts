import { packageManifest } from '../build/package-manifest.ts';
import { commitFiles } from './commit-files.ts';
import { assertReleasable } from './conditions.ts';
import { gitIn } from './git.ts';
import { buildReleaseFiles, type ReleaseFile } from './release-files.ts';

/** A release that was made here, and that nobody else has seen yet. */
export interface Release {
  readonly tag: string;
  readonly commit: string;
  readonly files: readonly ReleaseFile[];
}

/**
 * Makes the commit and the tag of the version in package.json: main with the built files added, so that
 * a `git::` source finds them. Main itself stays without. Throws one sentence if it may not be released.
 */
export const prepareRelease = async (rootDirectory: string): Promise<Release> => {
  const git = gitIn(rootDirectory);
  const { version } = packageManifest(rootDirectory);
  await assertReleasable({ rootDirectory, version, git });
  const files = await buildReleaseFiles(rootDirectory);
  const tag = `v${version}`;
  const message = `Release ${tag}: main, and what npm run build makes of it`;
  const commit = await commitFiles(rootDirectory, { files, message });
  await git('tag', '--annotate', '--message', message, tag, commit);
  return { tag, commit, files };
};
