import { differencesIn, type VerificationCounts, type VerifyOptions } from './verification.ts';

/** Whether nothing differs, or nothing any more. */
export const isMended = (counts: VerificationCounts): boolean =>
  differencesIn(counts) === counts.repaired;

/** Whether every document was seen to be what the table's settings make of its item; without a repair nothing is written. */
export const isProved = (
  counts: VerificationCounts,
  { isRepairing, samplePercent }: Pick<VerifyOptions, 'isRepairing' | 'samplePercent'>,
): boolean =>
  isRepairing && samplePercent === undefined && isMended(counts) && counts.changing === 0;
