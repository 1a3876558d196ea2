import type { SettleRereads } from '../../delivery.ts';

/**
 * Leaves what clocks could explain to a repair. What the index holds at a version after the read is
 * newer and settled already; at one of the minute before it may be older than the item, and of another
 * configuration, and one in the future is nobody's change: those are written by their state.
 */
export const leaveConflicts: SettleRereads = async () => ({ again: [], rereads: [] });
