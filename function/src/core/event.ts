import type { Delivery } from './change.ts';
import { type StreamRecord, tableName } from './stream-record.ts';
import type { Table } from './table.ts';

/** The records of an event, by table, each in its order. */
export type DeliveriesByTable = ReadonlyMap<Table, readonly Delivery[]>;

/** An event that is not for this function: nothing of it can be done, and nothing may be dropped. */
export class ForeignEvent extends Error {
  override readonly name = 'ForeignEvent';
}

/** The records of a Lambda event of DynamoDB Streams. @throws ForeignEvent when it is none */
export const recordsOf = (event: unknown): readonly StreamRecord[] => {
  const records =
    typeof event === 'object' && event !== null && 'Records' in event && event.Records;
  if (Array.isArray(records)) return records;
  throw new ForeignEvent('the event is not from DynamoDB Streams: it has no list of Records');
};

/**
 * Sorts records by their tables.
 *
 * @throws ForeignEvent when a record is not from DynamoDB Streams, or from a table that is not configured
 */
export const deliveriesByTable = (
  records: readonly StreamRecord[],
  tables: ReadonlyMap<string, Table>,
): DeliveriesByTable => {
  const deliveries = new Map<Table, Delivery[]>();
  for (const [position, record] of records.entries()) {
    const table = tableOf(record, tables);
    const earlier = deliveries.get(table);
    if (earlier === undefined) deliveries.set(table, [{ record, table, position }]);
    else earlier.push({ record, table, position });
  }
  return deliveries;
};

const tableOf = (record: StreamRecord, tables: ReadonlyMap<string, Table>): Table => {
  const name = tableName(record);
  if (name === undefined) {
    throw new ForeignEvent('the event holds a record that is not from DynamoDB Streams');
  }
  const table = tables.get(name);
  if (table !== undefined) return table;
  const known = [...tables.keys()].join(', ');
  throw new ForeignEvent(
    `the event holds a record of table ${name}, which the configuration does not have (it has ${known}): add it to tables, or remove its event source mapping`,
  );
};
