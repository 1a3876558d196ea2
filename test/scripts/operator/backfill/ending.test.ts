import { expect, test } from 'vitest';
import { newCounts } from '../../../../function/src/operator/backfill/counts.ts';
import { type Ending, endingLines } from '../../../../scripts/operator/backfill/ending.ts';
import { createStyle } from '../../../../scripts/terminal/style.ts';
import { aTable } from '../../../support/records.ts';

const table = aTable();
const deadLetter = { bucket: 'shop-prod-123456789012-eu-west-1', prefix: 'rejected/' };
const counts = { ...newCounts(), read: 20_003, written: 20_000, rejected: 3, readUnits: 1375 };

const ending = {
  table,
  counts,
  milliseconds: 13_635,
  isDone: true,
  deadLetter,
  parameter: 'shop-prod-configuration',
};

const linesAt = (columns: number, parts: Partial<Ending> = {}) =>
  endingLines({ ...ending, ...parts }, { columns, style: createStyle(false) });

test('the ending says what was done, where rejected items lie, and what to do', () => {
  expect(linesAt(80)).toEqual([
    'Orders  20,003 items in 14 s, 1,467 items/s, 1,375 read units',
    '  written           20,000  to the index orders',
    '  superseded             0',
    '  skipped                0',
    '  rejected               3  OpenSearch will never take them:',
    '    s3://shop-prod-123456789012-eu-west-1/rejected/Orders/',
    '  When they can be taken: npx dynamodb-to-opensearch replay --table Orders --parameter shop-prod-configuration',
    '  Verify it: npx dynamodb-to-opensearch verify Orders --parameter shop-prod-configuration',
  ]);
});

test('commands to go on with stay inside AWS where this one was', () => {
  expect(linesAt(80, { isRemote: true }).slice(-2)).toEqual([
    '  When they can be taken: npx dynamodb-to-opensearch replay --table Orders --remote --parameter shop-prod-configuration',
    '  Verify it: npx dynamodb-to-opensearch verify Orders --remote --parameter shop-prod-configuration',
  ]);
});

test('on a narrow terminal only commands are wider than it', () => {
  expect(linesAt(60).filter((line) => line.length > 60 && !line.includes(': npx '))).toEqual([]);
});
