import type { Refusal } from '../../core/judge.ts';
import type { TalliedCause } from '../replay/cause-tally.ts';
import type { LetterPlace } from '../replay/letter-objects.ts';

/** Where a share of the letters stands, and what was found in it. */
export type ReplayCheckpoint = {
  /** The last object that is done with; null at the beginning. */
  after: LetterPlace | null;
  causes: readonly TalliedCause[];
  /** Records whose causes had no more room. */
  other_causes: number;
  /** How many of Lambda's objects are of what, where that is not ours. */
  foreign: { [of: string]: number };
  stuck: readonly StuckTable[];
};

/** A table that nothing could be done for; without a status DynamoDB did not return its items. */
export type StuckTable = {
  readonly table: string;
  readonly status: number | undefined;
  readonly error: string | undefined;
};

/** The checkpoint of a share that has not begun. */
export const newReplayCheckpoint = (): ReplayCheckpoint => ({
  after: null,
  causes: [],
  other_causes: 0,
  foreign: {},
  stuck: [],
});

/** A table that is stuck, in the words of a report. */
export const stuckTable = (table: string, refusal: Refusal | undefined): StuckTable => ({
  table,
  status: refusal?.status,
  error: refusal?.type,
});
