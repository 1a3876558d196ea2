import type { Item } from './attribute-value.ts';
import { documentId } from './document-id.ts';
import type { StreamRecord } from './stream-record.ts';
import type { Table } from './table.ts';

/** A record where it stands in its event. */
export type Delivery = {
  readonly record: StreamRecord;
  readonly table: Table;
  /** From 0. */
  readonly position: number;
};

/** What a record says about one item of its table. */
export type Change = Delivery & {
  readonly kind: 'change';
  readonly id: string;
  readonly keys: Item;
  /** Whole seconds since 1970. */
  readonly createdAtSeconds: number;
  readonly effect: Effect;
  /** The item after the change; undefined when the stream does not carry it. */
  readonly image: Item | undefined;
};

/** A record that cannot be understood, with whatever of it could be. */
export type Malformed = Delivery & {
  readonly kind: 'malformed';
  readonly id: string | null;
  readonly effect: Effect | null;
  /** What is wrong with it, without any attribute value. */
  readonly reason: string;
};

/** What a change does to its item. */
export type Effect = 'put' | 'remove';

const EFFECTS = new Map<unknown, Effect>([
  ['INSERT', 'put'],
  ['MODIFY', 'put'],
  ['REMOVE', 'remove'],
]);

/** Reads a record's envelope and key. Its image is looked into only when it is written. */
export const readRecord = ({ record, table, position }: Delivery): Change | Malformed => {
  const effect = EFFECTS.get(record.eventName);
  const keys = record.dynamodb?.Keys ?? {};
  const id = documentId(keys, table);
  const createdAtSeconds = wholeSecond(record.dynamodb?.ApproximateCreationDateTime);
  if (effect === undefined || id === undefined || createdAtSeconds === undefined) {
    const reason = whatIsMissing(effect, id);
    return {
      kind: 'malformed',
      record,
      table,
      position,
      id: id ?? null,
      effect: effect ?? null,
      reason,
    };
  }
  const image = record.dynamodb?.NewImage ?? undefined;
  return { kind: 'change', record, table, position, id, keys, createdAtSeconds, effect, image };
};

const whatIsMissing = (effect: Effect | undefined, id: string | undefined): string => {
  if (effect === undefined) return 'the record has no eventName of INSERT, MODIFY or REMOVE';
  if (id === undefined)
    return 'the record lacks a key attribute of the table, or has it in another type';
  return 'the record has no ApproximateCreationDateTime';
};

/** A change whose image cannot be written. */
export const withUnreadableImage = (change: Change): Malformed => ({
  ...change,
  kind: 'malformed',
  reason:
    'the image holds something that is not DynamoDB JSON, mixed lists nested too deep to be written, or a path of more than 50 levels',
});

// Beyond it microseconds leave the whole numbers that a float can hold: the year 2255.
const LATEST_SECOND = Math.floor(Number.MAX_SAFE_INTEGER / 1_000_000);

/** The creation time in whole seconds; 0 is none. */
export const wholeSecond = (time: unknown): number | undefined =>
  typeof time === 'number' && time >= 1 && time <= LATEST_SECOND ? Math.floor(time) : undefined;
