import { at, numberOf } from '../../../function/src/core/json-value.ts';
import type { Run } from '../../../function/src/operator/remote/run.ts';
import { counted } from '../../terminal/figures.ts';

const MOST_NAMED = 3;

/** What a run is about, in a word or a few: its tables. */
export const titleOf = (plan: Run | undefined): string => {
  const names = plan?.tables.map(({ table }) => table) ?? [];
  return names.length > MOST_NAMED ? counted(names.length, 'table') : names.join(', ');
};

/** About how many items will be read, by DynamoDB's last count; undefined until that is known. */
export const itemsIn = (plan: Run | undefined): number | undefined => {
  const items = plan?.tables.reduce((sum, table) => sum + table.items, 0);
  const percent = numberOf(at(plan?.order, 'sample')) ?? 100;
  return items && Math.round((items * percent) / 100);
};
