import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BundledPackage } from '../build/bundled-packages.ts';
import { packageManifest } from '../build/package-manifest.ts';

/** Throws one sentence unless what decides on a bundle's bytes is installed as package-lock.json has it. */
export const assertAsLocked = (
  rootDirectory: string,
  bundled: readonly InstalledPackage[],
): void => {
  const locked = lockedPackages(rootDirectory);
  for (const { lockPath, version } of [...bundled, ...buildTools(rootDirectory)])
    if (locked[lockPath]?.version !== version)
      throw new Error(
        `${lockPath} is version ${version}, and package-lock.json has ${locked[lockPath]?.version ?? 'none'}: run npm ci, and then this again.`,
      );
};

type InstalledPackage = Pick<BundledPackage, 'lockPath' | 'version'>;

const buildTools = (rootDirectory: string): readonly InstalledPackage[] =>
  ['node_modules/esbuild', 'node_modules/fflate'].map((lockPath) => ({
    lockPath,
    version: packageManifest(join(rootDirectory, lockPath)).version,
  }));

interface LockFile {
  readonly packages: { readonly [lockPath: string]: { readonly version?: string } };
}

const lockedPackages = (rootDirectory: string): LockFile['packages'] => {
  const lock: LockFile = JSON.parse(readFileSync(join(rootDirectory, 'package-lock.json'), 'utf8'));
  return lock.packages;
};
