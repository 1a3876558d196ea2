import { latestVersion } from '../../core/version.ts';
import type { SettleRereads } from '../../delivery.ts';
import { settle } from '../../ledger.ts';

/**
 * What a conflict means to who writes at the time of its read less a minute: the index holds something
 * newer, whoever wrote it. Only a version in the future is nobody's change; such a document is left.
 */
export const settleConflicts: SettleRereads = async (rereads, { ledger, now }) => {
  const latest = latestVersion(now());
  for (const reread of rereads) {
    if (reread.version <= latest) settle(ledger, reread, 'superseded');
  }
  return { again: [], rereads: [] };
};
