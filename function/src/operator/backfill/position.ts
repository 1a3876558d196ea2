import type { Item } from '../../core/attribute-value.ts';

/** How far a backfill is: everything before it is in the index. It does not grow with the table. */
export type Position = {
  readonly totalSegments: number;
  /** Segments below this one were begun. */
  begun: number;
  /** Segments that were begun and not finished. */
  readonly underWay: SegmentPosition[];
};

/** How far a segment is. */
export type SegmentPosition = {
  readonly segment: number;
  /** Where its next page starts, as DynamoDB said; null at the beginning. */
  startKey: Item | null;
};

/** The beginning of a table that is read in so many segments. */
export const beginning = (totalSegments: number): Position => ({
  totalSegments,
  begun: 0,
  underWay: [],
});

/** Segments to work on: those that are under way, then new ones. Each is drawn once, whoever draws. */
export function* segmentsLeft(position: Position): Generator<SegmentPosition, undefined> {
  yield* [...position.underWay];
  while (position.begun < position.totalSegments) {
    const begun = { segment: position.begun++, startKey: null };
    position.underWay.push(begun);
    yield begun;
  }
}

/** A segment was read to its end. */
export const finish = ({ underWay }: Position, segment: SegmentPosition): void => {
  underWay.splice(underWay.indexOf(segment), 1);
};

/** Whether the whole table was read. */
export const isAtEnd = ({ begun, totalSegments, underWay }: Position): boolean =>
  begun === totalSegments && underWay.length === 0;
