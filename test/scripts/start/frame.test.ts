import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { frame } from '../../../scripts/start/frame.ts';
import { createStyle } from '../../../scripts/terminal/style.ts';
import { heightOf } from '../../../scripts/terminal/text.ts';
import { fullView } from './sample-view.ts';

const plain = createStyle(false);

const sizes = [
  { columns: 40, rows: 13 },
  { columns: 60, rows: 20 },
  { columns: 80, rows: 24 },
  { columns: 80, rows: 50 },
  { columns: 100, rows: 30 },
  { columns: 250, rows: 60 },
];

test.each(sizes)('on $columns columns and $rows rows, everything fits', (size) => {
  const lines = frame(fullView(), { ...size, style: plain });
  const wide = lines.filter((line) => line.length > Math.min(size.columns, 100));
  expect(wide.filter((line) => !line.includes('curl'))).toEqual([]);
  expect(heightOf(lines, size.columns)).toBeLessThan(size.rows);
  expect(lines.at(-1)).toContain('Ctrl-C stops everything');
});

test.each(sizes)('on $columns columns and $rows rows, colours move nothing', (size) => {
  const coloured = frame(fullView(), { ...size, style: createStyle(true) });
  expect(coloured.map(stripVTControlCharacters)).toEqual(
    frame(fullView(), { ...size, style: plain }),
  );
});

test('a frame of 80 columns reads like this', () => {
  const text = frame(fullView(), { columns: 80, rows: 24, style: plain }).join('\n');
  expect(text).toMatchInlineSnapshot(`
    "
     DynamoDB → OpenSearch  two real servers and the built function between them

     ✓ DynamoDB    http://127.0.0.1:44801  DynamoDB Local, up in 3.0 s
     ✓ Function    modules/sync/dist/function.zip (147 KB), in its own Node.js 22
     ✓ OpenSearch  http://127.0.0.1:42255  OpenSearch 3.8, up in 5.6 s

                                    super-    dead-         docu-       put →  hit
            received written folded  seded lettered retried ments items   p50  p99
     Movies   12,345  12,300     45      0        0       0 3,202 3,202  0.31 12.3
     Quakes   12,345  12,300     45      0        0       0 3,202 3,202  0.31 12.3
     put → hit: seconds from PutItem until a search finds the item

     ✓ index equals table  4,910 items, each compared with its document, 16:18:14

     curl -s '127.0.0.1:42255/movies/_search?q=Title:moon&size=1&pretty'
       6 hits, the first: Moon
     curl -s '127.0.0.1:42255/quakes/_search?q=properties.mag:>6&size=1&pretty'
       6 hits, the first: Moon

     16:18:20  changed   Movies  A title that goes on and on and on, as the titles …

     Ctrl-C stops everything"
  `);
});

test('where there is no room for all, what is to be pasted and the parts give way to the tables and the verdict', () => {
  const text = frame(fullView(), { columns: 60, rows: 15, style: plain }).join('\n');
  expect(text).toMatchInlineSnapshot(`
    "
     DynamoDB → OpenSearch  two real servers and the built func…

                       dead-         docu-      
            written lettered retried ments items
     Movies  12,300        0       0 3,202 3,202
     Quakes  12,300        0       0 3,202 3,202
     put → hit: seconds from PutItem until a search finds the i…

     ✓ index equals table  4,910 items, each compared with its …

     Ctrl-C stops everything"
  `);
});

test('what commands take when the terminal breaks them is counted', () => {
  const command = `curl '${'x'.repeat(100)}'`; // three rows of 40 columns
  const searches = Array.from({ length: 4 }, () => ({ command, answer: 'a hit' }));
  const lines = frame(fullView({ searches, changes: [] }), { columns: 40, rows: 24, style: plain });
  expect(lines.filter((line) => line.includes('curl'))).toHaveLength(1);
  expect(lines.at(-1)).toBe(' Ctrl-C stops everything');
});

test('while the servers start, there is nothing but them and how long they take', () => {
  const parts = [
    { name: 'DynamoDB', isUp: true, detail: 'http://127.0.0.1:1', sinceSeconds: 3 },
    { name: 'OpenSearch', isUp: false, detail: 'starting', sinceSeconds: 0 },
  ];
  const starting = fullView({
    parts,
    seconds: 4.7,
    tables: [],
    verdict: undefined,
    searches: [],
    changes: [],
  });
  expect(frame(starting, { columns: 80, rows: 24, style: plain }).slice(3)).toEqual([
    ' ✓ DynamoDB    http://127.0.0.1:1',
    ' · OpenSearch  starting (4 s)',
    '',
    ' Ctrl-C stops everything',
  ]);
});

test('before the first comparison the frame says what is being done', () => {
  const loading = fullView({ verdict: undefined, activity: 'writing 3,201 movies' });
  expect(frame(loading, { columns: 80, rows: 24, style: plain })).toContain(
    ' · writing 3,201 movies',
  );
});

test('commands are never cut, so that they can be pasted', () => {
  const command = `curl '${'x'.repeat(100)}'`;
  const view = fullView({ searches: [{ command, answer: 'y'.repeat(100) }] });
  const lines = frame(view, { columns: 80, rows: 50, style: plain });
  expect(lines).toContain(` ${command}`);
  expect(lines).toContain(`   ${'y'.repeat(76)}…`);
});

test('what the function has to say is shown', () => {
  const view = fullView({ notice: '{"level":"WARN","message":"records come again"}' });
  expect(frame(view, { columns: 80, rows: 50, style: plain })).toContain(
    ' The function says: {"level":"WARN","message":"records come again"}',
  );
});
