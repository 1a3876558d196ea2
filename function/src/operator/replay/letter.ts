import type { Item } from '../../core/attribute-value.ts';
import { documentId } from '../../core/document-id.ts';
import { keyOf } from '../../core/item-key.ts';
import { isFields } from '../../core/json-value.ts';
import type { StreamRecord } from '../../core/stream-record.ts';
import type { Table } from '../../core/table.ts';
import type { Cause } from './cause.ts';

/** A record that waits for its item to be read again. */
export type Letter = {
  readonly kind: 'letter';
  readonly table: Table;
  readonly id: string;
  readonly key: Item;
  readonly record: StreamRecord;
  /** Why it waits, as it was when the letter was stored. */
  readonly cause: Cause;
  /** The line that it stands in; empty where Lambda itself has stored it. */
  readonly line: string;
};

/** A record, or what should be one, that tells of no item that could be read. */
export type Stray = { readonly kind: 'stray'; readonly cause: Cause; readonly line: string };

/** The tables of the configuration, by name. */
export type Tables = ReadonlyMap<string, Table>;

/** What a letter is made of. */
export type LetterParts = Pick<Letter, 'record' | 'table' | 'line' | 'cause'>;

/** A letter of a record; a stray where its key is not the table's. */
export const letterOf = ({ record, table, line, cause }: LetterParts): Letter | Stray => {
  const keys = record.dynamodb?.Keys;
  const key = isFields(keys) ? keyOf(keys, table) : {};
  const id = documentId(key, table);
  return id === undefined
    ? stray(line, withoutKey(table))
    : { kind: 'letter', table, id, key, record, cause, line };
};

/** A stray, for that cause. */
export const stray = (line: string, cause: Cause): Stray => ({ kind: 'stray', cause, line });

const withoutKey = ({ name }: Table): Cause => ({
  place: name,
  what: 'record without the key that the configuration says',
  cure: 'If the table was made anew with another key, run terraform apply and backfill it; then delete the object with aws s3 rm.',
});

/** Why a record of that table is a stray. */
export const unknownTable = (name: string): Cause => ({
  place: name,
  what: 'record of a table that the configuration does not have',
  cure: `Add ${name} to tables again and replay; or delete what is of no use any more with aws s3 rm.`,
});

/** Whether a value may be read as a record, each part of which may be missing or something else. */
export const isRecord = (value: unknown): value is StreamRecord => isFields(value);

/** The image of a record, if it looks like one. */
export const imageOf = ({ dynamodb }: StreamRecord): Item | undefined =>
  isFields(dynamodb?.NewImage) ? dynamodb.NewImage : undefined;
