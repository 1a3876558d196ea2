import { KILOBYTES } from './item.ts';
import type { Loads } from './load-time.ts';
import type { Result } from './result.ts';
import { medianOf, pairedRatios } from './statistics.ts';

/** Something that the function is to reach, and what it did reach. */
export interface Target {
  readonly text: string;
  readonly reached: number;
  readonly isMet: boolean;
}

/** What is to be reached, for items up to a kilobyte and for larger ones. */
const LIMITS = {
  small: { speedToFloor: 0.95, cpuToSimple: 1, ownToSimple: 0.7 },
  large: { speedToFloor: 1, cpuToSimple: 0.85, ownToSimple: 0.5 },
} as const;

const LOAD_RATIO = 3.3;
const PEAK_MEGABYTES = 150;

/** The targets of a scenario. */
export const targetsOf = ({ scenario, rows }: Result): readonly Target[] => {
  const limits = LIMITS[KILOBYTES[scenario.size] > 1 ? 'large' : 'small'];
  const row = rows.find(({ contestant }) => contestant === 'function');
  return [
    atLeast('throughput, of the floor', row?.speedToFloor.median, limits.speedToFloor),
    atMost('CPU, of the simple handler', row?.cpuToSimple.median, limits.cpuToSimple),
    atMost('own CPU, of the simple handler', row?.ownToSimple?.median, limits.ownToSimple),
  ];
};

/** The target for the time of a start, of a process that loads an empty function. */
export const loadTarget = ({ ofFunction, ofEmpty }: Loads): Target => {
  const times = ofFunction.map(({ processMilliseconds }) => processMilliseconds);
  const emptyTimes = ofEmpty.map(({ processMilliseconds }) => processMilliseconds);
  return atMost(
    'load time, of an empty function',
    medianOf(pairedRatios(times, emptyTimes)),
    LOAD_RATIO,
  );
};

/** The target for peak memory. */
export const memoryTarget = (bytes: number): Target =>
  atMost('peak RSS, MB, one event of 6 MB', bytes / 1024 ** 2, PEAK_MEGABYTES);

/** A target that is met by this or more. */
export const atLeast = (what: string, reached = Number.NaN, limit: number): Target => ({
  text: `${what} ≥ ${limit}`,
  reached,
  isMet: reached >= limit,
});

/** A target that is met by this or less. */
export const atMost = (what: string, reached = Number.NaN, limit: number): Target => ({
  text: `${what} ≤ ${limit}`,
  reached,
  isMet: reached <= limit,
});

/** How it stands with a target. */
export const targetLine = ({ text, reached, isMet }: Target): string =>
  `  ${text.padEnd(38)} ${reached.toFixed(2).padStart(7)}  ${isMet ? 'met' : 'NOT MET'}`;
