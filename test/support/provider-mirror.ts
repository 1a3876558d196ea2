import { type Dirent, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const NAME = 'registry.terraform.io';
const LEVELS = 4; // from the root of the file system: /usr/local/share is on the last
// Nobody keeps a mirror there, and some hang where a disk of the network is away.
const NOT_ENTERED = new Set(['dev', 'net', 'proc', 'run', 'sys', 'tmp', 'Volumes', 'System']);

/**
 * The directory of a filesystem mirror that holds the aws provider, where somebody has put one on this
 * machine, as is done where the registry cannot be reached; undefined elsewhere.
 */
export const findProviderMirror = (): string | undefined => {
  let level: readonly string[] = ['/'];
  for (let depth = 0; depth < LEVELS; depth++) {
    const mirror = level.find((path) => existsSync(join(path, NAME, 'hashicorp/aws')));
    if (mirror !== undefined) return mirror;
    level = level.flatMap(directoriesIn);
  }
  return undefined;
};

const directoriesIn = (path: string): readonly string[] =>
  entriesIn(path)
    .filter((entry) => entry.isDirectory() && !NOT_ENTERED.has(entry.name))
    .map(({ name }) => join(path, name));

// Not every directory of a machine may be read by everybody.
const entriesIn = (path: string): readonly Dirent[] => {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
};
