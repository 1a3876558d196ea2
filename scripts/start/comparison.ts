import { JsonReader } from '../../function/src/core/json-reader.ts';
import { type FieldDifference, readDifference } from '../../function/src/core/same-document.ts';

/** Documents as JSON text, by id. */
export type Documents = ReadonlyMap<string, string>;

/** One way in which an index is not what its table says. */
export type Difference = { readonly id: string } & (
  | { readonly kind: 'missing' }
  | { readonly kind: 'extra' }
  | { readonly kind: 'stale'; readonly field: FieldDifference }
);

/** Compares the documents that a table's items make with those that its index holds: key by key, field by field. */
export const compare = (expected: Documents, actual: Documents): readonly Difference[] => [
  ...[...expected].flatMap(([id, document]) => differencesOf(id, document, actual.get(id))),
  ...[...actual.keys()]
    .filter((id) => !expected.has(id))
    .map((id) => ({ id, kind: 'extra' as const })),
];

const differencesOf = (
  id: string,
  expected: string,
  actual: string | undefined,
): readonly Difference[] => {
  if (actual === undefined) return [{ id, kind: 'missing' }];
  const field = readDifference(expected, new JsonReader(actual), { mayHaveMore: false });
  return field === undefined ? [] : [{ id, kind: 'stale', field }];
};
