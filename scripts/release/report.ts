import { createHash } from 'node:crypto';
import { grouped } from '../terminal/figures.ts';
import type { Release } from './prepare-release.ts';
import type { ReleaseFile } from './release-files.ts';

/** What a person has to know of a release, and to do with it. */
export const releaseReport = ({ tag, commit, files, vulnerabilities }: Release): string => `
${tag} is commit ${commit.slice(0, 12)}: main, and

${files.map(line).join('')}
${vulnerabilityText(vulnerabilities)}

Nothing is pushed yet. To publish it:

  git push origin main
  git push origin ${tag}

To take it back before that: git tag --delete ${tag}
`;

const vulnerabilityText = (vulnerabilities: Release['vulnerabilities']): string => {
  if (vulnerabilities === undefined)
    return 'Nobody was asked for known vulnerabilities (--without-audit): run npm audit where the registry answers.';
  const { ofTools } = vulnerabilities;
  const others = ofTools.length > 0 ? `; in tools that only build it: ${ofTools.join('; ')}` : '';
  return `No vulnerability is known in what is inside${others}.`;
};

const line = ({ path, contents }: ReleaseFile): string =>
  `  ${path}, ${grouped(contents.byteLength)} bytes\n  SHA-256 ${sha256(contents)}\n\n`;

const sha256 = (contents: Uint8Array): string =>
  createHash('sha256').update(contents).digest('hex');
