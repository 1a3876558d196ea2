import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HEADINGS } from '../../../../function/src/operator/doctor/heading.ts';
import { checkLines } from '../../../../scripts/operator/doctor/check-lines.ts';
import { tallyLine, tallyOf } from '../../../../scripts/operator/doctor/tally.ts';
import { createStyle } from '../../../../scripts/terminal/style.ts';
import { widthOf, wrapped } from '../../../../scripts/terminal/text.ts';
import { sampleChecks } from './sample-checks.ts';

const operations = readFileSync(
  join(import.meta.dirname, '../../../../docs/operations.md'),
  'utf8',
);

const screen = (columns: number, hasColours = false): readonly string[] => {
  const canvas = {
    columns,
    style: createStyle(hasColours),
    parameter: 'shop-prod-configuration',
  };
  const lines = sampleChecks.flatMap((check, at) =>
    checkLines(check, sampleChecks[at - 1], canvas),
  );
  return [...lines, '', ...wrapped(tallyLine(tallyOf(sampleChecks)), columns)];
};

test('a terminal of 80 columns shows what the documentation shows', () => {
  expect(operations).toContain(`\`\`\`text\n${screen(80).join('\n')}\n\`\`\`\n`);
});

test('a narrow terminal shows names and findings in one column', () => {
  expect(screen(40).join('\n')).toMatchInlineSnapshot(`
    "Identity
      ✓ credentials: account 123456789012 in
        eu-west-1,
        arn:aws:sts::123456789012:assumed-role/Operator/ada
      ✓ clock: agrees with AWS

    Parameter shop-prod-configuration
      ✓ content: version 7 is valid: 1
        table,
        search-shop.eu-west-1.es.amazonaws.com

    Table Orders
      ✓ exists: about 1,204 items by
        DynamoDB’s last count
      ✓ stream: on
      ! view type: KEYS_ONLY: right, but
        every record costs a read of the
        table
        → With NEW_IMAGE it would not. A
        stream’s view type is chosen when it
        is enabled.
        → docs/operations.md: The stream has
        no new images
      ✓ event source: its mapping is
        enabled, on the current stream

    Index orders
      ✗ built with: other settings: keys,
        profile, where, include or exclude
        have changed since, so that its
        documents may hold what is excluded
        now
        → Write all documents anew:
        npx dynamodb-to-opensearch backfill Orders --parameter shop-prod-configuration
        → docs/operations.md: The index was
        built with other settings
      · definition: skipped: index templates
        may not be simulated

    One thing is wrong: 6 ✓, 1 !, 1 ✗, 1
    skipped"
  `);
});

test('no line is wider than the terminal, commands and single words apart', () => {
  for (const columns of [40, 59, 60, 80, 120]) {
    const wide = screen(columns).filter((line) => line.length > columns);
    expect(wide.filter((line) => / /.test(line.trim()) && !line.includes('npx '))).toEqual([]);
  }
});

test('colours change no column', () => {
  expect(screen(80, true).map(widthOf)).toEqual(screen(80).map(widthOf));
  expect(screen(80, true).join('\n')).toContain('\x1b[');
});

test('every heading that a check names is one of the documentation', () => {
  for (const heading of HEADINGS) expect(operations).toContain(`\n## ${heading}\n`);
});

test('the last line says how many checks came out how', () => {
  const none = { ok: 12, warning: 0, wrong: 0, skipped: 0 };
  expect(tallyLine(none)).toBe('Nothing is wrong: 12 ✓');
  expect(tallyLine({ ...none, wrong: 1 })).toBe('One thing is wrong: 12 ✓, 1 ✗');
  expect(tallyLine({ ok: 1, warning: 2, wrong: 3, skipped: 4 })).toBe(
    '3 things are wrong: 1 ✓, 2 !, 3 ✗, 4 skipped',
  );
});
