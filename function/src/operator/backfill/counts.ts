/** What a backfill has come to; may be read at any time. */
export type BackfillCounts = {
  /** Items that are done with: read, and what follows. */
  read: number;
  /** Their documents are what the table holds. */
  written: number;
  /** The index held something newer. */
  superseded: number;
  /** `where` leaves them out. */
  skipped: number;
  /** OpenSearch will never take them: they lie in the dead-letter bucket. */
  rejected: number;
  /** How often an item was read and settled once more. */
  reread: number;
  /** How often DynamoDB or OpenSearch wanted it slower. */
  throttled: number;
  /** Read capacity units of the scan, where DynamoDB says. */
  readUnits: number;
};

/** Counts of a backfill that has not begun. */
export const newCounts = (): BackfillCounts => ({
  read: 0,
  written: 0,
  superseded: 0,
  skipped: 0,
  rejected: 0,
  reread: 0,
  throttled: 0,
  readUnits: 0,
});
