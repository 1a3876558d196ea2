import { grouped } from '../../terminal/figures.ts';
import type { ContestantName } from '../contest.ts';
import type { Result, Row } from '../result.ts';
import type { Spread } from '../statistics.ts';
import type { MeasuredSeries, SweepResult } from './contest.ts';

const HEADINGS = ['records/s', '÷ floor', '÷ simple', 'CPU ms', 'floor', '÷ simple'];
const WIDTHS = [10, 18, 18, 8, 7, 18];
const LABEL_WIDTH = 18;

/** What a sweep came to, as text of at most 100 columns. */
export const sweepReport = ({ settings, series }: SweepResult): string =>
  [
    `sweep: the function over batches and items of many kinds, ${settings.rounds} rounds; medians (quartiles)`,
    'of ratios within a round; CPU ms are for 1,000 records; refresh false for everybody',
    ...series.flatMap(seriesLines),
    '',
  ].join('\n');

const seriesLines = ({ varied, fixed, points }: MeasuredSeries): readonly string[] => [
  `${fixed}:`,
  line(varied, HEADINGS),
  ...points.map(({ label, result }) => line(label, cellsOf(result))),
];

const cellsOf = (result: Result): readonly string[] => {
  const row = rowOf(result, 'function');
  return [
    grouped(Math.round(row.recordsPerSecond.median)),
    ratio(row.speedToFloor),
    ratio(row.speedToSimple),
    row.cpu.median.toFixed(1),
    rowOf(result, result.floor).cpu.median.toFixed(1),
    ratio(row.cpuToSimple),
  ];
};

/** What a contestant came to in a scenario. @throws if it did not take part */
export const rowOf = ({ rows, scenario }: Result, name: ContestantName): Row => {
  const row = rows.find(({ contestant }) => contestant === name);
  if (row === undefined) throw new Error(`there is no ${name} in ${scenario.name}`);
  return row;
};

const ratio = ({ median, lowerQuartile, upperQuartile }: Spread): string =>
  `${median.toFixed(2)} (${lowerQuartile.toFixed(2)}–${upperQuartile.toFixed(2)})`;

const line = (label: string, cells: readonly string[]): string =>
  `  ${label}`.padEnd(LABEL_WIDTH) +
  cells.map((cell, at) => cell.padStart(WIDTHS[at] ?? 0)).join('');
