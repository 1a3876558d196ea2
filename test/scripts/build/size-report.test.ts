import { expect, test } from 'vitest';
import type { BundledFile } from '../../../scripts/build/bundle.ts';
import { sizeReport } from '../../../scripts/build/size-report.ts';

const file = (path: string, bytes: number, isOnDemand = false): BundledFile => ({
  path,
  bytes,
  isOnDemand,
  externalModules: [],
});

test('a report has our own code first, the dependencies by size, and what joins them', () => {
  const files = [
    file('node_modules/small/index.js', 10),
    file('node_modules/@scope/large/lib/one.js', 1_000),
    file('node_modules/small/node_modules/@scope/large/two.js', 2_000, true),
    file('function/src/handler.ts', 20),
  ];
  const bundle = { code: new Uint8Array(3_100), files, cutsMade: new Set<string>() };
  const budget = { atOnceBytes: 280_000, allBytes: 450_000 };
  const report = sizeReport({ bundle, archiveBytes: 900, budget });
  expect(report.split('\n')).toEqual([
    '                      bytes  on demand',
    'this project             20           ',
    '@scope/large          3,000      2,000',
    'small                    10           ',
    'what joins them          70           ',
    'index.js              3,100      2,000',
    'its budget          450,000           ',
    'what runs at once     1,100           ',
    'its budget          280,000           ',
    'function.zip            900           ',
    '',
  ]);
});
