import { type Fields, isFields, parseObject } from '../../core/json-value.ts';
import { type StreamRecord, tableName } from '../../core/stream-record.ts';
import {
  isRecord,
  type Letter,
  letterOf,
  type Stray,
  stray,
  type Tables,
  unknownTable,
} from './letter.ts';

/** An object of Lambda's own: its letters, or that it is none of ours and what it is of. */
export type GivenUp =
  | { readonly kind: 'letters'; readonly letters: readonly (Letter | Stray)[] }
  | { readonly kind: 'foreign'; readonly of: string };

/** Reads what Lambda itself stores when it gives a batch up: the invocation, with the whole event. */
export const readGivenUp = (text: string, tables: Tables): GivenUp => {
  const invocation = parseObject(text) ?? {};
  const records = recordsIn(invocation);
  if (records === undefined) return { kind: 'foreign', of: 'no event of a stream' };
  const names = [...new Set(records.map(tableName))];
  if (!names.some((name) => name !== undefined && tables.has(name)))
    return { kind: 'foreign', of: foreignTables(names) };
  const what = `given up by Lambda${conditionOf(invocation)}`;
  return {
    kind: 'letters',
    letters: records.map((record) => letterOfRecord(record, what, tables)),
  };
};

// AWS says that the payload is JSON text within the JSON.
const recordsIn = ({ payload }: Fields): readonly StreamRecord[] | undefined => {
  const event = typeof payload === 'string' ? parseObject(payload) : payload;
  const records = isFields(event) ? event['Records'] : undefined;
  return Array.isArray(records) && records.length > 0 ? records.filter(isRecord) : undefined;
};

const foreignTables = (names: readonly (string | undefined)[]): string => {
  const known = names.flatMap((name) => name ?? []);
  return known.length === 0
    ? 'another source than DynamoDB Streams'
    : `${known.join(', ')}, which the configuration does not have`;
};

const conditionOf = ({ requestContext: context }: Fields): string => {
  const condition = isFields(context) ? context['condition'] : undefined;
  return typeof condition === 'string' ? ` (${condition})` : '';
};

const letterOfRecord = (record: StreamRecord, what: string, tables: Tables): Letter | Stray => {
  const name = tableName(record) ?? 'unknown table';
  const table = tables.get(name);
  if (table === undefined) return stray('', unknownTable(name));
  return letterOf({ record, table, line: '', cause: { place: name, what, cure: REPLAY_IT } });
};

const REPLAY_IT = 'Nothing but to replay it, once OpenSearch is well.';
