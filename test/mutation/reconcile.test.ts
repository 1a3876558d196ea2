import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mutantLines } from './mutant-lines.ts';
import { CORE } from './options.ts';
import { reconcile } from './reconcile.ts';
import { survivors } from './survivors.ts';

const explained = { file: 'page.ts', mutant: 'bytes <= limit', why: 'both make one page' };
const alive = { file: 'page.ts', line: 20, mutant: 'bytes <= limit' };
const files = new Set(['page.ts']);

test('a mutant that is alive and explained is as it should be', () => {
  expect(reconcile([alive], [explained], files)).toEqual({ unexplained: [], idle: [] });
});

test('a mutant that is alive without an explanation is told', () => {
  const elsewhere = { ...alive, file: 'fold.ts' };
  const both = new Set(['page.ts', 'fold.ts']);
  expect(reconcile([alive, elsewhere], [explained], both).unexplained).toEqual([elsewhere]);
});

test('an explanation of a mutant that is dead is told, if its file was looked at', () => {
  expect(reconcile([], [explained], files).idle).toEqual([explained]);
  expect(reconcile([], [explained], new Set(['fold.ts'])).idle).toEqual([]);
});

test('a mutant is named by the lines that it changes, as they are then', () => {
  const source = 'if (\n  one &&\n  other\n) return;\n';
  const location = { start: { line: 2, column: 3 }, end: { line: 3, column: 8 } };
  expect(mutantLines(source, { location, replacement: 'true' })).toBe('true');
  const onLine = { start: { line: 4, column: 3 }, end: { line: 4, column: 9 } };
  expect(mutantLines(source, { location: onLine, replacement: 'throw 1' })).toBe(') throw 1;');
});

test('every explanation is of a file of the core, and of one mutant', () => {
  const inCore = readdirSync(join(import.meta.dirname, '../..', CORE));
  for (const { file } of survivors) expect(inCore).toContain(file);
  const names = survivors.map(({ file, mutant }) => `${file}: ${mutant}`);
  expect(names).toEqual([...new Set(names)]);
});
