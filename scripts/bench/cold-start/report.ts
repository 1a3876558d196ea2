import { medianOf } from '../statistics.ts';
import { type ColdStart, type ColdStartResult, PHASES, type Phase } from './contest.ts';

const NAMES: Readonly<Record<Phase, string>> = {
  node: 'Node.js starts',
  load: 'the bundle is loaded',
  configuration: 'the configuration is read',
  preparation: 'template and index are made',
  batch: 'the first batch is written',
};

/** The phases of a cold start, as text. */
export const coldStartReport = ({ ofFunction, ofEmpty }: ColdStartResult): string =>
  [
    `cold start: an event of 100 records of 0.4 KB, medians of ${ofFunction.length}, ms`,
    line('', ['function', 'empty']),
    ...PHASES.map((phase) =>
      line(NAMES[phase], [medianIn(ofFunction, phase), medianIn(ofEmpty, phase)]),
    ),
    line('in all', [medianOf(ofFunction.map(wholeOf)), medianOf(ofEmpty.map(wholeOf))].map(whole)),
    'Parameter Store is on the same machine: in AWS its answer takes some milliseconds more. Template and index are made',
    'once; where the index is there already, one request asks for it.',
    '',
  ].join('\n');

/** Milliseconds of a cold start in all. */
export const wholeOf = (start: ColdStart): number =>
  PHASES.reduce((sum, phase) => sum + start[phase], 0);

const medianIn = (starts: readonly ColdStart[], phase: Phase): string =>
  whole(medianOf(starts.map((start) => start[phase])));

const whole = (milliseconds: number): string => milliseconds.toFixed(0);

const line = (label: string, cells: readonly string[]): string =>
  `  ${label}`.padEnd(32) + cells.map((cell) => cell.padStart(10)).join('');
