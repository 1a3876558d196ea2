import type { Item } from '../../function/src/core/attribute-value.ts';
import type { DynamoDB } from './dynamodb.ts';
import { keyOf, type Random, type SampleTable } from './sample-table.ts';

/** Something that was done to a table, for people to read. */
export interface TableChange {
  readonly verb: 'inserted' | 'changed' | 'deleted';
  readonly table: string;
  readonly title: string;
  /** What changed; empty for the other verbs. */
  readonly description: string;
}

/** Makes one random change. */
export type Trickle = () => Promise<TableChange>;

/**
 * Random changes to a loaded table. A fifth of them delete an item and a fifth bring a deleted one back, so that the
 * table keeps about its size; the others write an item up to three times in a row, as a counter is counted up.
 */
export const createTrickle = (
  dynamodb: Pick<DynamoDB, 'put' | 'delete'>,
  table: SampleTable,
  random: Random = Math.random,
): Trickle => {
  const state: State = { dynamodb, table, random, present: [...table.items], deleted: [] };
  return () => {
    const choice = random();
    if (state.present.length === 0) return insert(state);
    if (choice < 0.2) return remove(state);
    if (choice < 0.4 && state.deleted.length > 0) return insert(state);
    return change(state);
  };
};

interface State {
  readonly dynamodb: Pick<DynamoDB, 'put' | 'delete'>;
  readonly table: SampleTable;
  readonly random: Random;
  readonly present: Item[];
  readonly deleted: Item[];
}

const remove = async (state: State): Promise<TableChange> => {
  const item = takeAny(state.present, state.random);
  state.deleted.push(item);
  await state.dynamodb.delete(state.table.name, keyOf(state.table, item));
  return done(state, 'deleted', item);
};

const insert = async (state: State): Promise<TableChange> => {
  const item = takeAny(state.deleted, state.random);
  state.present.push(item);
  await state.dynamodb.put(state.table.name, item);
  return done(state, 'inserted', item);
};

const change = async ({ present, ...state }: State): Promise<TableChange> => {
  const { dynamodb, table, random } = state;
  let item = takeAny(present, random);
  let description = '';
  const times = 1 + Math.floor(random() * 3);
  for (let time = 0; time < times; time++) {
    ({ item, description } = table.change(item, random));
    await dynamodb.put(table.name, item);
  }
  present.push(item);
  return done({ table }, 'changed', item, description);
};

const takeAny = (items: Item[], random: Random): Item =>
  items.splice(Math.floor(random() * items.length), 1)[0] ?? {};

const done = (
  { table }: Pick<State, 'table'>,
  verb: TableChange['verb'],
  item: Item,
  description = '',
): TableChange => ({ verb, table: table.name, title: table.titleOf(item), description });
