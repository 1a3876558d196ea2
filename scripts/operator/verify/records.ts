import type { Table } from '../../../function/src/core/table.ts';
import {
  differencesIn,
  type VerificationCounts,
} from '../../../function/src/operator/verify/verification.ts';

/** What a verification of one table came to, for machines. */
export const tableRecord = (
  { name: table, index }: Pick<Table, 'name' | 'index'>,
  { phase: _phase, waiting: _waiting, ignored, ...counts }: VerificationCounts,
): object => ({ type: 'table', table, index, ...counts, ignored: Object.fromEntries(ignored) });

/** What verifications of several tables came to, for machines. */
export const summaryRecord = (
  verified: readonly VerificationCounts[],
  verdict: 'equal' | 'different' | 'unknown',
): object => {
  const sum = (of: (counts: VerificationCounts) => number) =>
    verified.reduce((total, counts) => total + of(counts), 0);
  return {
    type: 'summary',
    verdict,
    items: sum(({ items }) => items),
    documents: sum(({ documents }) => documents),
    differences: sum(differencesIn),
    repaired: sum(({ repaired }) => repaired),
  };
};
