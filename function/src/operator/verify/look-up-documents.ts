import { MOST_KEYS } from '../../aws/items.ts';
import type { Item } from '../../core/attribute-value.ts';
import { newSuspicion, type Suspicion } from '../../core/suspicion.ts';
import type { Table } from '../../core/table.ts';
import { isIndexed } from '../../core/where.ts';
import { dynamoDBNow } from '../read-time.ts';
import { keysOfDocuments } from './document-keys.ts';
import type { DocumentHit, DocumentReading } from './document-pages.ts';
import { inLanes } from './in-lanes.ts';
import { readPart } from './read-part.ts';
import { unreachableAmong } from './routed-documents.ts';
import { readTableItems } from './table-items.ts';
import { type Difference, deletionOf, type Verification } from './verification.ts';

/** Looks for the items of those documents that `isDoubted`, from a position on. One without is suspected; one out of reach is a difference. */
export const lookUpDocuments = async (
  reading: DocumentReading,
  isDoubted: (id: string) => boolean,
  verification: Verification,
): Promise<void> => {
  const { workers } = verification.options;
  await readPart(reading, verification.tools, {
    onPage: async (page) => {
      const doubted = page.filter(({ _id: id }) => isDoubted(id));
      await inLanes(hundredsOf(doubted), workers, (hits) => lookUp(hits, verification));
    },
    onLoss: () => undefined, // what was told is not told again, what waits waits once
  });
};

const hundredsOf = (hits: readonly DocumentHit[]): readonly (readonly DocumentHit[])[] =>
  Array.from({ length: Math.ceil(hits.length / MOST_KEYS) }, (_, at) =>
    hits.slice(at * MOST_KEYS, (at + 1) * MOST_KEYS),
  );

const lookUp = async (hits: readonly DocumentHit[], verification: Verification): Promise<void> => {
  const { table, tools, told, suspect } = verification;
  const unreachable = await unreachableAmong(hits, table, tools);
  await tellUnreachable(unreachable, verification);
  const reachable = hits.filter(
    (hit) => !(unreachable.includes(hit) || told.has(deletionOf({ table, id: hit._id }))),
  );
  await suspect(await withoutItems(reachable, verification));
};

const tellUnreachable = async (
  hits: readonly DocumentHit[],
  { table, told, conclude }: Verification,
): Promise<void> => {
  const differences = hits.map(
    ({ _id: id, _routing: routing = '' }): Difference => ({
      kind: 'extra',
      table,
      id,
      key: undefined,
      field: undefined,
      routing,
    }),
  );
  await conclude(differences.filter((difference) => !told.has(deletionOf(difference))));
};

const withoutItems = async (
  hits: readonly DocumentHit[],
  { table, tools }: Verification,
): Promise<readonly Suspicion[]> => {
  const ids = hits.map(({ _id: id }) => id);
  const keys = await keysOfDocuments(ids, table, tools);
  const { items, readTime } = await readTableItems(table, [...keys.values()], tools);
  const now = dynamoDBNow(readTime) * 1000;
  const extra = hits.filter(({ _id: id }) => !isItemIndexed(items.get(id), table));
  return extra.map(({ _id: id, _version: version }) => {
    const held = { kind: 'different', version, difference: undefined, source: undefined } as const;
    return newSuspicion({ id, key: keys.get(id) }, { expected: undefined, held, now });
  });
};

const isItemIndexed = (item: Item | undefined, table: Table): boolean =>
  item !== undefined && isIndexed(item, table);
