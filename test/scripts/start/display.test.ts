import { expect, test } from 'vitest';
import { lineDisplay } from '../../../scripts/start/display.ts';
import { fullView, tableView } from './sample-view.ts';

const nothingNew = fullView({ parts: [], searches: [], verdict: undefined, footer: '' });

/** A view at that time, which has nothing to tell but how many records were received. */
const at = (seconds: number, received: number) => {
  const counts = { received, written: 0, folded: 0, superseded: 0, dead_lettered: 0, retried: 0 };
  return { ...nothingNew, seconds, tables: [tableView({ counts })] };
};

const received = (lines: readonly string[]) =>
  lines.flatMap((line) => /received (\d+)/.exec(line)?.[1] ?? []);

test('without a terminal, how the tables stand is written every five seconds, if it has changed', () => {
  const lines: string[] = [];
  const { show } = lineDisplay((line) => lines.push(line));
  show({ ...nothingNew, seconds: 0, tables: [] });
  for (const view of [at(1, 1), at(4, 2), at(5.1, 3), at(6, 4), at(10.2, 4), at(20, 4), at(21, 5)])
    show(view);
  expect(received(lines)).toEqual(['3', '4', '5']);
});

test('with a verdict, how the tables stand is written at once', () => {
  const lines: string[] = [];
  const { show } = lineDisplay((line) => lines.push(line));
  show(at(0.1, 1));
  show({ ...at(0.2, 2), verdict: { items: 1, differences: [], time: '16:18:14' } });
  expect(received(lines)).toEqual(['2']);
  expect(lines.at(-1)).toContain('index equals table');
});

test('without a terminal there are no escapes', () => {
  const lines: string[] = [];
  lineDisplay((line) => lines.push(line)).show(fullView());
  expect(lines.filter((line) => line.includes('\x1b'))).toEqual([]);
});
