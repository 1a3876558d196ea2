import fc from 'fast-check';
import { conformanceCases } from '../conformance/cases.ts';
import { items } from '../support/arbitraries.ts';
import { aRecord } from '../support/records.ts';
import type { Json } from './mutations.ts';

/** A kind of table that records come from. */
export type TableKind = { readonly suffix: string; readonly keys: readonly KeyAttribute[] };

type KeyAttribute = { readonly name: string; readonly type: 'S' | 'N' | 'B' };

const key = (name: string, type: KeyAttribute['type']): KeyAttribute => ({ name, type });

/** The kinds of tables that there are, by their keys. */
export const TABLE_KINDS: readonly TableKind[] = [
  { suffix: 's', keys: [key('pk', 'S')] },
  { suffix: 'n', keys: [key('pk', 'N')] },
  { suffix: 'ss', keys: [key('pk', 'S'), key('sk', 'S')] },
  { suffix: 'sn', keys: [key('pk', 'S'), key('sk', 'N')] },
  { suffix: 'sb', keys: [key('pk', 'S'), key('sk', 'B')] },
];

const LARGEST_CHARACTERS = 20_000; // of a text; what is large has tests of its own

/** Events as DynamoDB Streams send them, of tables `<name>.<suffix>`: those of the conformance cases, and of items with values of every type. */
export const realEvents = (name: string): fc.Arbitrary<Json> => {
  const records = items.chain((item) =>
    fc.uuid().map((id) => {
      const key = { pk: { S: id } };
      return aRecord({ table: `${name}.s`, keys: key, image: { ...item, ...key } });
    }),
  );
  const ofItems = fc
    .array(records, { minLength: 1, maxLength: 4 })
    .map((all): Json => JSON.parse(JSON.stringify({ Records: all })));
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...conformanceEvents(name)) },
    { weight: 1, arbitrary: ofItems },
  );
};

const conformanceEvents = (name: string): readonly Json[] =>
  conformanceCases().flatMap(({ config: { tables }, steps }) =>
    steps.flatMap(({ event }) => {
      const text = JSON.stringify(event);
      if (text.length > LARGEST_CHARACTERS) return [];
      const renamed = Object.entries(tables).reduce(
        (now, [table, { keys }]) =>
          now.replaceAll(`:table/${table}/`, `:table/${name}.${suffixFor(keys)}/`),
        text,
      );
      return [JSON.parse(renamed)];
    }),
  );

const suffixFor = (keys: readonly KeyAttribute[]): string =>
  keys.map(({ type }) => type.toLowerCase()).join('');
