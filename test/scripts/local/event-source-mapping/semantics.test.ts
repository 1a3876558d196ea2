import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';

const oracle = await readFile(
  new URL('../../../../docs/lambda-semantics.md', import.meta.url),
  'utf8',
);

const rows = oracle.split('\n').filter((line) => /^\| (?!rule|question)/.test(line));
const tests = rows.flatMap((row) =>
  [...row.matchAll(/`((?:lambda\/)?[a-z-]+\.test\.ts): ([^`]+)`/g)].map(
    ([, file = '', name = '']) => [file, name] as const,
  ),
);

describe('docs/lambda-semantics.md', () => {
  test('has a test in every row', () => {
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.filter((row) => !row.includes('.test.ts: '))).toEqual([]);
  });

  test('names no page that it does not link', () => {
    const used = [...oracle.matchAll(/\[([a-z-]+)\](?=[,; |.\n])/g)].map(([, page]) => page);
    const linked = [...oracle.matchAll(/^\[([a-z-]+)\]: https/gm)].map(([, page]) => page);
    expect([...new Set(used)].filter((page) => !linked.includes(page))).toEqual([]);
  });

  test.each(tests)('%s has the test "%s"', async (file, name) => {
    const folder = file.startsWith('lambda/') ? '../' : './';
    const source = await readFile(new URL(`${folder}${file}`, import.meta.url), 'utf8');
    expect(source).toContain(name);
  });
});
