import { at, membersOf } from '../../../function/src/core/json-value.ts';
import { addCounts } from '../../../function/src/operator/add-counts.ts';

/** Counts by their names. */
export type Totals = { readonly [name: string]: number };

/** The counts in a JSON value; of what is no number, none. */
export const totalsIn = (value: unknown): Totals =>
  Object.fromEntries(
    membersOf(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );

/** Counts added up, name by name. */
export const sumOf = (all: Iterable<Totals>): Totals => {
  const sum = new Map<string, number>();
  for (const totals of all) addCounts(sum, totals);
  return Object.fromEntries(sum);
};

/** Counts of a kind that is known by its zeros. */
export const countsLike = <Counts extends object>(zeros: Counts, totals: Totals): Counts => {
  const known = Object.entries(totals).filter(([name]) => typeof at(zeros, name) === 'number');
  return { ...zeros, ...Object.fromEntries(known) };
};
