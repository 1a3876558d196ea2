import { grouped } from '../terminal/figures.ts';
import type { ContestantName } from './contest.ts';
import type { Loads } from './load-time.ts';
import type { Result, Row } from './result.ts';
import { titleOf } from './scenario.ts';
import { medianOf, type Spread } from './statistics.ts';
import { loadTarget, memoryTarget, targetLine, targetsOf } from './target.ts';

const NAMES: Readonly<Record<ContestantName, string>> = {
  floor: 'floor: its requests',
  'floor-whole': 'floor: one request',
  least: 'least handler',
  simple: 'simple handler',
  helper: 'bulk helper',
  function: 'function',
};

const HEADINGS = [
  'records/s',
  '÷ floor',
  'CPU ms',
  'parse',
  '÷ fl.',
  'CPU ÷ simple',
  'own ÷ simple',
];
const WIDTHS = [9, 16, 6, 5, 5, 16, 16];
const NAME_WIDTH = 20;

/** The table of a scenario, at most 100 columns wide, and how it stands with its targets. */
export const scenarioReport = (result: Result): string =>
  [
    `${titleOf(result.scenario)}: ${result.batches} a round, ${requestsOf(result)}`,
    line('', HEADINGS),
    ...result.rows.map((row) => line(nameOf(row, result), cellsOf(row))),
    `  SHA-256 of the bodies, a part of signing them: ${result.hash.median.toFixed(2)} CPU ms`,
    ...targetsOf(result).map(targetLine),
    '',
  ].join('\n');

const requestsOf = ({ functionRequestsPerBatch }: Result): string =>
  `${functionRequestsPerBatch.toFixed(1)} requests a batch from the function`;

const nameOf = ({ contestant }: Row, { floor }: Result): string =>
  NAMES[contestant] + (contestant === floor ? '*' : '');

const cellsOf = (row: Row): readonly string[] => [
  grouped(Math.round(row.recordsPerSecond.median)),
  ratio(row.speedToFloor),
  row.cpu.median.toFixed(1),
  row.parse?.median.toFixed(1) ?? '',
  row.cpuToFloor.median.toFixed(1),
  ratio(row.cpuToSimple),
  row.ownToSimple ? ratio(row.ownToSimple) : '',
];

const ratio = ({ median, lowerQuartile, upperQuartile }: Spread): string =>
  `${median.toFixed(2)} (${lowerQuartile.toFixed(2)}–${upperQuartile.toFixed(2)})`;

const line = (name: string, cells: readonly string[]): string =>
  name.padEnd(NAME_WIDTH) + cells.map((cell, at) => cell.padStart(WIDTHS[at] ?? 0)).join(' ');

/** How long the bundle takes to load, and how it stands with its target. */
export const loadReport = (loads: Loads): string => {
  const { ofFunction, ofEmpty } = loads;
  const whole = (of: typeof ofFunction): string =>
    medianOf(of.map(({ processMilliseconds }) => processMilliseconds)).toFixed(0);
  const require = (of: typeof ofFunction): string =>
    medianOf(of.map(({ requireMilliseconds }) => requireMilliseconds)).toFixed(1);
  return [
    `start of a process that loads the bundle, median of ${ofFunction.length}:`,
    `  function ${whole(ofFunction)} ms, of which require() ${require(ofFunction)} ms;` +
      ` an empty function ${whole(ofEmpty)} ms, ${require(ofEmpty)} ms`,
    targetLine(loadTarget(loads)),
    '',
  ].join('\n');
};

/** The peak memory of the function, and how it stands with its target. */
export const memoryReport = (bytes: readonly number[]): string =>
  [
    `peak memory of a process that handles one event of 6 MB, median of ${bytes.length}:`,
    targetLine(memoryTarget(medianOf(bytes))),
    '',
  ].join('\n');
