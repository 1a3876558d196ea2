import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const repository = join(import.meta.dirname, '../..');
const page = readFileSync(join(repository, 'docs/security.md'), 'utf8');

const [, ...sections] = page.split('| threat | what stops it | test |\n|---|---|---|\n');
const rows = sections.flatMap((section) => (section.split('\n\n')[0] ?? '').split('\n'));
const shownBy = (row: string): string => row.split(' | ').at(-1) ?? '';

const tests = rows.flatMap((row) =>
  [...shownBy(row).matchAll(/`([^`:]+): ([^`]+)`/g)].map(
    ([, file = '', name = '']) => [file, name] as const,
  ),
);

const PLACES = ['test', 'test/function', '.'];

describe('docs/security.md', () => {
  test('has a test in every row, or says why there is none', () => {
    expect(rows.length).toBeGreaterThan(30);
    expect(rows.filter((row) => !/^(`|none: )/.test(shownBy(row)))).toEqual([]);
  });

  test.each(tests)('%s has the test "%s"', (file, name) => {
    const path = PLACES.map((place) => join(repository, place, file)).find(existsSync);
    expect(path, file).toBeDefined();
    expect(readFileSync(path ?? '', 'utf8')).toContain(name);
  });
});
