import { expect, test } from 'vitest';
import { newCounts } from '../../../../function/src/operator/backfill/counts.ts';
import {
  type Moment,
  progressLines,
} from '../../../../scripts/operator/backfill/progress-lines.ts';
import { spoken } from '../../../../scripts/terminal/figures.ts';
import { createStyle } from '../../../../scripts/terminal/style.ts';
import { fitted } from '../../../../scripts/terminal/text.ts';

const moment = (parts: Partial<Moment> = {}): Moment => ({
  table: 'Orders',
  aboutItems: 1_000_000,
  counts: { ...newCounts(), read: 430_112, written: 429_900, superseded: 212 },
  itemsPerSecond: 5210,
  width: 4,
  workers: 4,
  hindrance: undefined,
  ...parts,
});

const screen = (parts: Partial<Moment>, columns = 100) =>
  progressLines(moment(parts), { style: createStyle(false), columns }).map((line) =>
    fitted(line, columns),
  );

test('how far it is, how fast, and what has become of the items', () => {
  expect(screen({})).toEqual([
    'Orders  43 % ████████░░░░░░░░░░░░  430,112 items  5,210/s  about 1 min 49 s left',
    '  written 429,900  superseded 212  rejected 0',
  ]);
});

test('what slows it down, and what it waits for', () => {
  const counts = { ...newCounts(), read: 10, written: 4, skipped: 5, rejected: 1, throttled: 3 };
  const hindrance = 'OpenSearch: es_rejected_execution_exception';
  expect(screen({ counts, width: 2, hindrance, itemsPerSecond: 0 })).toEqual([
    'Orders  waiting: OpenSearch: es_rejected_execution_exception',
    'Orders   0 % ░░░░░░░░░░░░░░░░░░░░  10 items',
    '  written 4  superseded 0  skipped 5  rejected 1',
    '  throttled 3 times, 2 of 4 segments at once now',
  ]);
});

test('on a narrow terminal there are figures only', () => {
  expect(screen({}, 40)).toEqual([
    'Orders  43 %  430,112 items  5,210/s  a…',
    '  written 429,900  superseded 212  reje…',
  ]);
});

test('DynamoDB counts every six hours: a table that seems empty has no share', () => {
  expect(screen({ aboutItems: 0 })[0]).toBe('Orders  under way  430,112 items  5,210/s');
});

test('a table that has grown since is not done before its end', () => {
  expect(screen({ aboutItems: 10 })[0]).toMatch(/^Orders {2}99 % /);
});

test.each([
  [4_400, '4 s'],
  [109_000, '1 min 49 s'],
  [3_599_600, '1 h 0 min'],
  [93_784_000, '26 h 3 min'],
])('%d ms are spoken as %s', (milliseconds, text) => {
  expect(spoken(milliseconds)).toBe(text);
});
