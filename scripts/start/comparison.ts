import type { DocumentFields } from './document-fields.ts';

/** Documents by id. */
export type Documents = ReadonlyMap<string, DocumentFields>;

/** One way in which an index is not what its table says. */
export type Difference = { readonly id: string } & (
  | { readonly kind: 'missing' }
  | { readonly kind: 'extra' }
  | ({ readonly kind: 'different' } & FieldDifference)
);

/** The first field in which a document differs; values as canonical JSON, undefined where the field is absent. */
export interface FieldDifference {
  readonly field: string;
  readonly expected: string | undefined;
  readonly actual: string | undefined;
}

/** Compares the documents that a table's items make with those that its index holds: key by key, field by field. */
export const compare = (expected: Documents, actual: Documents): readonly Difference[] => [
  ...[...expected].flatMap(([id, fields]) => differencesOf(id, fields, actual.get(id))),
  ...[...actual.keys()]
    .filter((id) => !expected.has(id))
    .map((id) => ({ id, kind: 'extra' as const })),
];

const differencesOf = (
  id: string,
  expected: DocumentFields,
  actual: DocumentFields | undefined,
): readonly Difference[] => {
  if (actual === undefined) return [{ id, kind: 'missing' }];
  const difference = firstDifference(expected, actual);
  return difference === undefined ? [] : [{ id, kind: 'different', ...difference }];
};

const firstDifference = (
  expected: DocumentFields,
  actual: DocumentFields,
): FieldDifference | undefined => {
  const field = [...expected.keys(), ...actual.keys()].find(
    (name) => expected.get(name) !== actual.get(name),
  );
  return field === undefined
    ? undefined
    : { field, expected: expected.get(field), actual: actual.get(field) };
};
