import { existsSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cacheDirectory, cached } from '../../../scripts/local/cache.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const filledWith =
  (text: string) =>
  (directory: string): Promise<void> =>
    writeFile(join(directory, 'file'), text);

test('the cache lies in XDG_CACHE_HOME, or else in the home directory', () => {
  expect(cacheDirectory({ XDG_CACHE_HOME: '/caches' })).toBe('/caches/dynamodb-to-opensearch');
  expect(cacheDirectory({ XDG_CACHE_HOME: '' })).toMatch(/\/\.cache\/dynamodb-to-opensearch$/);
});

test('an entry is filled once', async () => {
  const environment = { XDG_CACHE_HOME: temporaryDirectory() };
  await cached({ name: 'jars', recipe: 'a', fill: filledWith('first') }, environment);
  const directory = await cached(
    { name: 'jars', recipe: 'a', fill: filledWith('second') },
    environment,
  );
  expect(await readFile(join(directory, 'file'), 'utf8')).toBe('first');
});

test('another recipe is another entry', async () => {
  const environment = { XDG_CACHE_HOME: temporaryDirectory() };
  const first = await cached({ name: 'jars', recipe: 'a', fill: filledWith('a') }, environment);
  const second = await cached({ name: 'jars', recipe: 'b', fill: filledWith('b') }, environment);
  expect(first).not.toBe(second);
});

test('two that fill the same entry at the same time get the same whole one', async () => {
  const environment = { XDG_CACHE_HOME: temporaryDirectory() };
  const entry = { name: 'jars', recipe: 'a', fill: filledWith('whole') };
  const [one, other] = await Promise.all([cached(entry, environment), cached(entry, environment)]);
  expect(one).toBe(other);
  expect(readdirSync(cacheDirectory(environment))).toHaveLength(1);
});

test('an entry that could not be filled leaves nothing behind', async () => {
  const environment = { XDG_CACHE_HOME: temporaryDirectory() };
  const fill = async (directory: string): Promise<void> => {
    await writeFile(join(directory, 'file'), 'half');
    throw new Error('The network is gone.');
  };
  await expect(cached({ name: 'jars', recipe: 'a', fill }, environment)).rejects.toThrow('network');
  expect(existsSync(cacheDirectory(environment))).toBe(true);
  expect(readdirSync(cacheDirectory(environment))).toEqual([]);
});
