import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageManifest } from '../build/package-manifest.ts';
import type { ReleaseFile } from './release-files.ts';

/** What files were made from. */
export interface Origin {
  readonly rootDirectory: string;
  /** The commit on main. */
  readonly commit: string;
}

/**
 * Says what files were made of, and how, as a statement of in-toto with a predicate of SLSA:
 * https://slsa.dev/spec/v1.0/provenance. Nobody has signed it: that is for the CI of whoever releases (docs/security.md).
 * It holds no time and no machine, so that whoever makes the same commit states the same.
 */
export const provenanceOf = (
  files: readonly ReleaseFile[],
  { rootDirectory, commit }: Origin,
): string => {
  const versionOf = (name: string) =>
    packageManifest(join(rootDirectory, 'node_modules', name)).version;
  const lockFile = readFileSync(join(rootDirectory, 'package-lock.json'));
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: files.map(({ path, contents }) => ({
      name: path,
      digest: { sha256: sha256(contents) },
    })),
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: 'urn:dynamodb-to-opensearch:release-prepare:1',
        externalParameters: { version: packageManifest(rootDirectory).version },
        resolvedDependencies: [
          { name: 'main', digest: { gitCommit: commit } },
          { name: 'package-lock.json', digest: { sha256: sha256(lockFile) } },
        ],
      },
      runDetails: {
        builder: {
          id: 'urn:dynamodb-to-opensearch:unsigned',
          version: { esbuild: versionOf('esbuild'), fflate: versionOf('fflate') },
        },
      },
    },
  };
  return `${JSON.stringify(statement, undefined, 2)}\n`;
};

/** A line a file, as `sha256sum --check` reads them in the directory of the repository. */
export const checksumsOf = (files: readonly ReleaseFile[]): string =>
  files.map(({ path, contents }) => `${sha256(contents)}  ${path}\n`).join('');

const sha256 = (contents: Uint8Array): string => hash('sha256', contents);
