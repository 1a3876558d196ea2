import type { Refusal } from '../../core/judge.ts';
import type { Table } from '../../core/table.ts';
import type { OperatorEnvironment } from '../environment.ts';
import type { Patience } from '../patience.ts';
import type { Cause } from './cause.ts';

/** Which letters are replayed. */
export type ReplayOptions = {
  /** Undefined for all. */
  readonly tables: readonly Table[] | undefined;
  /** Only what was stored since then; undefined for all. */
  readonly since: Date | undefined;
  /** Only looks at them, and settles nothing. */
  readonly isDryRun: boolean;
  /** How long nothing may be settled before a table is given up. */
  readonly patienceMilliseconds: number;
};

/** How far a replay is; may be read at any time. */
export type ReplayCounts = {
  /** Objects that were looked at, except foreign ones. */
  objects: number;
  /** Objects that were not looked at, because nothing could be done for their table. */
  unreadObjects: number;
  /** Objects of Lambda's that are none of ours, and stay. */
  foreignObjects: number;
  /** Records in them: settled, refused, strays and unsettled ones. */
  records: number;
  /** Their documents are what the table holds. */
  settled: number;
  /** OpenSearch will not take them now either. */
  refused: number;
  /** They tell of no item that could be read. */
  strays: number;
  /** Nothing could be done for too long. */
  unsettled: number;
  removedObjects: number;
};

/** Counts of a replay that has not begun. */
export const newReplayCounts = (): ReplayCounts => ({
  objects: 0,
  unreadObjects: 0,
  foreignObjects: 0,
  records: 0,
  settled: 0,
  refused: 0,
  strays: 0,
  unsettled: 0,
  removedObjects: 0,
});

/** A letter that stays where it is. */
export type Left = {
  /** Key of its object. */
  readonly object: string;
  readonly kind: 'refused' | 'stray' | 'waiting';
  /** Of the document; undefined where nobody can tell. */
  readonly id: string | undefined;
  readonly cause: Cause;
};

/** What a replay works with, and whom it tells. */
export type ReplayTools = OperatorEnvironment & {
  readonly signal: AbortSignal;
  readonly counts: ReplayCounts;
  /** Told of each letter that is refused or a stray; in a dry run of each that waits, too. */
  readonly onLeft: (left: Left) => void;
  /** Told of each object of Lambda's that is none of ours, and what it is of. */
  readonly onForeign: (object: string, of: string) => void;
};

/** A replay under way, as its parts share it. */
export type Replay = {
  readonly options: ReplayOptions;
  readonly tools: ReplayTools;
  readonly patience: Patience;
  /** Tables that nothing could be done for, each with the last refusal, if there was one. */
  readonly stuck: Map<Table, Refusal | undefined>;
  /** Tables whose indexes are known to remember deletions long enough. */
  readonly confirmed: Set<Table>;
};
