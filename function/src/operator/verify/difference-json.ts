import type { Table } from '../../core/table.ts';
import type { Difference, Unrepaired } from './verification.ts';

/** A difference, wherever it was found. */
export type ToldDifference = Omit<Difference, 'table'> & {
  readonly table: Pick<Table, 'name' | 'index'>;
};

/** What could not be repaired, wherever that was tried. */
export type ToldUnrepaired = Omit<Unrepaired, 'difference'> & {
  readonly difference: ToldDifference;
};

/** A difference for machines, as `verify --json` prints it. */
export const differenceJson = (difference: ToldDifference): object => {
  const { kind, table, id, key, field, routing } = difference;
  return {
    type: 'difference',
    table: table.name,
    index: table.index,
    kind,
    id,
    key: key ?? null,
    ...(routing !== undefined && { routing }),
    ...(field && { field: field.path, table_value: field.table, index_value: field.index }),
  };
};

/** Why it was not repaired where no refusal tells. */
export const TIME_IS_UP = {
  type: 'out_of_time',
  reason: 'nothing could be done for two minutes',
} as const;

/** What could not be repaired, for machines, as `verify --json` prints it. */
export const unrepairedJson = (unrepaired: ToldUnrepaired): object => {
  const { difference, refusal = TIME_IS_UP, cause } = unrepaired;
  return { ...differenceJson(difference), type: 'unrepaired', error: refusal, ...cause };
};
