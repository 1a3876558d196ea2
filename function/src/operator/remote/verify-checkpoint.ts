import type { WaitingSuspicion } from '../verify/suspicion-queue.ts';
import { newCounts, type VerificationCounts } from '../verify/verification.ts';

/** Where the verification of a part stands: all of it is from the end of one slice. */
export type VerifyCheckpoint<Position> = {
  readonly position: Position;
  readonly counts: StoredCounts;
  /** Differences that were not repaired, by kind. */
  readonly left: LeftDifferences;
  readonly waiting: readonly WaitingSuspicion[];
  /** What deletes the extra documents that were told. */
  readonly told: readonly string[];
  /** Key of the balance of ids; null where none has been put into one. */
  readonly balance: string | null;
};

type StoredCounts = Omit<VerificationCounts, 'ignored'> & {
  readonly ignored: { readonly [field: string]: number };
};

/** How many differences of each kind are left after a repair, or without one. */
export type LeftDifferences = {
  missing: number;
  extra: number;
  stale: number;
  unwritable: number;
};

/** No differences. */
export const nothingLeft = (): LeftDifferences => ({
  missing: 0,
  extra: 0,
  stale: 0,
  unwritable: 0,
});

/** Where a part begins. */
export const beginningAt = <Position>(position: Position): VerifyCheckpoint<Position> => ({
  position,
  counts: storedCounts(newCounts()),
  left: nothingLeft(),
  waiting: [],
  told: [],
  balance: null,
});

/** Counts as they are stored. */
export const storedCounts = ({ ignored, ...counts }: VerificationCounts): StoredCounts => ({
  ...counts,
  ignored: Object.fromEntries(ignored),
});

/** Counts as they are counted on. */
export const countsIn = ({ ignored, ...counts }: StoredCounts): VerificationCounts => ({
  ...counts,
  ignored: new Map(Object.entries(ignored)),
});
