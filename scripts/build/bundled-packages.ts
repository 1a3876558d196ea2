import { join } from 'node:path';
import type { Bundle } from './bundle.ts';
import { packageManifest } from './package-manifest.ts';

/** A package of which something is in a bundle. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** As its package.json names it: Apache-2.0. */
  readonly license: string;
  /** Where it is installed: absolute. */
  readonly directory: string;
  /** Where it is installed, as package-lock.json names it: node_modules/…. */
  readonly lockPath: string;
}

/** The packages in the bundle, by path; throws one sentence if one does not name its licence. */
export const bundledPackages = (
  rootDirectory: string,
  { files }: Pick<Bundle, 'files'>,
): readonly BundledPackage[] => {
  const used = files.filter(({ bytes }) => bytes > 0);
  const paths = new Set(used.flatMap(({ path }) => packagePath.exec(path)?.[0] ?? []));
  return [...paths].sort().map((path) => packageAt(rootDirectory, path));
};

// A file's path up to the innermost package, for packages can lie inside of each other.
const packagePath = /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;

const packageAt = (rootDirectory: string, path: string): BundledPackage => {
  const directory = join(rootDirectory, path);
  const { name, version, license } = packageManifest(directory);
  if (typeof license !== 'string')
    throw new Error(`${name} ${version} is bundled, and its package.json names no licence.`);
  return { name, version, license, directory, lockPath: path.slice(path.indexOf('node_modules/')) };
};
