import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Environment variables, a parameter wherever they matter so that a test can give its own. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Directory of everything fetched once and kept, outside the repository and shared by all checkouts. */
export const cacheDirectory = (environment: Environment): string =>
  join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'dynamodb-to-opensearch');

/** What a cache entry holds: `fill` writes it into an empty directory; `recipe` is everything its content depends on. */
export interface CacheEntry {
  readonly name: string;
  readonly recipe: string;
  readonly fill: (directory: string) => Promise<void>;
}

/**
 * Path of the entry's directory, filled first if it is not there.
 *
 * A directory gets its final name only when it is whole, so two processes may fill one at the same time: the second to end takes the first one's.
 */
export const cached = async (entry: CacheEntry, environment: Environment): Promise<string> => {
  const hash = createHash('sha256').update(entry.recipe).digest('hex').slice(0, 12);
  const directory = join(cacheDirectory(environment), `${entry.name}-${hash}`);
  if (!existsSync(directory)) await fill(directory, entry);
  return directory;
};

const fill = async (directory: string, entry: CacheEntry): Promise<void> => {
  await mkdir(dirname(directory), { recursive: true });
  const partial = await mkdtemp(`${directory}.partial-`);
  try {
    await entry.fill(partial);
    await rename(partial, directory);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!existsSync(directory)) throw error;
  }
};
