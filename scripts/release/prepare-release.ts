import { packageManifest } from '../build/package-manifest.ts';
import { commitFiles } from './commit-files.ts';
import { assertReleasable } from './conditions.ts';
import { gitIn } from './git.ts';
import { buildReleaseFiles, type ReleaseFile } from './release-files.ts';
import { assertNoneKnown, type Vulnerabilities } from './vulnerabilities.ts';

/** A release that was made here, and that nobody else has seen yet. */
export interface Release {
  readonly tag: string;
  readonly commit: string;
  readonly files: readonly ReleaseFile[];
  /** Undefined where nobody was asked. */
  readonly vulnerabilities: Vulnerabilities | undefined;
}

/** How a release is made. */
export interface ReleaseOptions {
  /** Whether the registry is asked for known vulnerabilities. */
  readonly isAudited: boolean;
}

/**
 * Makes the commit and the tag of the version in package.json: main with the built files added, so that
 * a `git::` source finds them. Main itself stays without. Throws one sentence if it may not be released.
 */
export const prepareRelease = async (
  rootDirectory: string,
  { isAudited }: ReleaseOptions,
): Promise<Release> => {
  const git = gitIn(rootDirectory);
  const { version } = packageManifest(rootDirectory);
  await assertReleasable({ rootDirectory, version, git });
  const main = await git('rev-parse', 'HEAD');
  const { files, packages } = await buildReleaseFiles({ rootDirectory, commit: main });
  const vulnerabilities = isAudited ? await assertNoneKnown(rootDirectory, packages) : undefined;
  const tag = `v${version}`;
  const message = `Release ${tag}: main, and what npm run build makes of it`;
  const commit = await commitFiles(rootDirectory, { files, message });
  await git('tag', '--annotate', '--message', message, tag, commit);
  return { tag, commit, files, vulnerabilities };
};
