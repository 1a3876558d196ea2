import { differenceJson, unrepairedJson } from '../verify/difference-json.ts';
import type { VerifyOptions, VerifyTools } from '../verify/verification.ts';
import type { LeftDifferences } from './verify-checkpoint.ts';

/** What a slice finds. */
export type Findings = Pick<VerifyTools, 'onDifference' | 'onUnrepaired'> & {
  /** To be stored, as `verify --json` prints them. */
  readonly lines: readonly object[];
  readonly left: LeftDifferences;
  /** Aborted when there are so many that they are better stored first. */
  readonly enough: AbortSignal;
};

const MOST_LINES = 10_000;

/** Findings that are added to those of earlier slices. */
export const newFindings = (
  { isRepairing }: Pick<VerifyOptions, 'isRepairing'>,
  before: LeftDifferences,
): Findings => {
  const lines: object[] = [];
  const left = { ...before };
  const enough = new AbortController();
  const tell = (line: object) => {
    lines.push(line);
    if (lines.length >= MOST_LINES) enough.abort();
  };
  return {
    lines,
    left,
    enough: enough.signal,
    onDifference: (difference) => {
      tell(differenceJson(difference));
      const { kind } = difference;
      if (!isRepairing || kind === 'unwritable') left[kind]++; // which nothing repairs
    },
    onUnrepaired: (unrepaired) => {
      tell(unrepairedJson(unrepaired));
      const { kind } = unrepaired.difference;
      if (kind !== 'unwritable') left[kind]++;
    },
  };
};
