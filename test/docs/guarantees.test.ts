import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const repository = join(import.meta.dirname, '../..');

const read = (path: string): string => readFileSync(join(repository, path), 'utf8');

/** The rows of the first table of a document, each with the paths of tests in it. */
const proofsIn = (path: string): readonly (readonly string[])[] =>
  read(path)
    .split('\n## ')[0]
    ?.split('\n')
    .filter((line) => line.startsWith('| **'))
    .map((row) => [...row.matchAll(/`(test\/[^`]+)`/g)].map(([, file = '']) => file)) ?? [];

test('each of the six guarantees has tests, and these are there', () => {
  const proofs = proofsIn('docs/guarantees.md');
  expect(proofs).toHaveLength(6);
  for (const files of proofs) {
    expect(files).not.toEqual([]);
    expect(files.filter((file) => !existsSync(join(repository, file)))).toEqual([]);
  }
});

test.each(['docs/guarantees.md', 'README.md'])('every test that %s names is there', (path) => {
  const named = [...read(path).matchAll(/`(test\/[^`]+)`/g)].map(([, file = '']) => file);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((file) => !existsSync(join(repository, file)))).toEqual([]);
});

test('what was counted is published, with the command that counted it', () => {
  const [, published = ''] = read('docs/guarantees.md').split('<!-- prove -->');
  expect(published).toMatch(/`npm run prove -- --minutes \d+/);
  expect(published).toMatch(/\| histories \| \d/);
});
