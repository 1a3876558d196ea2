import type { SettleRereads } from '../../delivery.ts';
import { settle } from '../../ledger.ts';
import { settleByState } from '../settle-by-state.ts';
import type { BackfillCounts } from './counts.ts';

/**
 * Settles conflicts that clocks could explain, of one page. What is newer than the read is settled
 * already. A document with a version of the minute before may be older than the item, or made by
 * another configuration, and one in the future is nobody's change: those are written by their state.
 * If somebody else is quicker, the document is newer than that: the function, which brings whatever follows.
 */
export const settleConflicts = (counts: BackfillCounts): SettleRereads => {
  const seen = new Set<string>(); // ids of documents that existed when they were looked at
  return async (rereads, tools) => {
    for (const reread of rereads) {
      if (seen.has(reread.id)) settle(tools.ledger, reread, 'superseded');
    }
    const left = rereads.filter(({ id }) => !seen.has(id));
    counts.reread += left.length;
    const settled = await settleByState(left, tools);
    // Only what did not exist is written at a version of its own.
    const versions = new Map(left.map(({ id, version }) => [id, version]));
    for (const { id, version } of settled.again) if (versions.get(id) === version) seen.add(id);
    return settled;
  };
};
