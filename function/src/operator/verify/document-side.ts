import { MOST_KEYS } from '../../aws/items.ts';
import type { Item } from '../../core/attribute-value.ts';
import { IdBalance } from '../../core/id-balance.ts';
import { newSuspicion, type Suspicion } from '../../core/suspicion.ts';
import type { Table } from '../../core/table.ts';
import { isIndexed } from '../../core/where.ts';
import { dynamoDBNow } from '../read-time.ts';
import { keysOfDocuments } from './document-keys.ts';
import { type DocumentHit, isLost, pagesOfDocuments } from './document-pages.ts';
import { inLanes } from './in-lanes.ts';
import type { IndexPart } from './index-parts.ts';
import { unreachableAmong } from './routed-documents.ts';
import { readTableItems } from './table-items.ts';
import {
  type Difference,
  deletionOf,
  type Verification,
  type VerificationCounts,
} from './verification.ts';

/** Counts all documents of the index and the fields that OpenSearch ignored, and puts their ids into the balance. */
export const weighDocuments = async (
  parts: readonly IndexPart[],
  { key, balance }: { readonly key: string; readonly balance: IdBalance },
  verification: Verification,
): Promise<void> => {
  const { counts } = verification.tools;
  await inLanes(parts, verification.options.workers, async (part) => {
    const weighed = await readWhole(part, verification, (pages) => weigh(pages, key, counts));
    balance.addAll(weighed.balance);
    for (const [field, count] of weighed.ignored) {
      counts.ignored.set(field, (counts.ignored.get(field) ?? 0) + count);
    }
  });
};

/** Looks for the items of those documents that `isDoubted`. One without is suspected; one out of reach is a difference. */
export const lookUpDocuments = async (
  parts: readonly IndexPart[],
  isDoubted: (id: string) => boolean,
  verification: Verification,
): Promise<void> => {
  const { table, tools } = verification;
  for (const part of parts) {
    const suspected = new Set<string>(); // lest one is suspected twice because the part had to be read again
    const told = new Set<string>(); // those out of reach, by what deletes them
    await readWhole(part, verification, async (pages) => {
      for await (const page of pages) {
        const doubted = page.filter(({ _id: id }) => isDoubted(id) && !suspected.has(id));
        await inLanes(hundredsOf(doubted), verification.options.workers, async (hits) => {
          const unreachable = await unreachableAmong(hits, table, tools);
          await tellUnreachable(unreachable, told, verification);
          const reachable = hits.filter((hit) => !unreachable.includes(hit));
          const suspicions = await withoutItems(reachable, verification);
          for (const { id } of suspicions) suspected.add(id);
          await verification.suspect(suspicions);
        });
      }
    });
  }
};

const tellUnreachable = async (
  hits: readonly DocumentHit[],
  told: Set<string>,
  { table, conclude }: Verification,
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
  const fresh = differences.filter((difference) => !told.has(deletionOf(difference)));
  for (const difference of fresh) told.add(deletionOf(difference));
  await conclude(fresh);
};

type Pages = AsyncGenerator<readonly DocumentHit[]>;

const MOST_LOSSES = 10;

/** Reads a part from its beginning to its end; where its point in time is lost on the way, once more. */
const readWhole = async <Result>(
  part: IndexPart,
  { table, tools }: Verification,
  read: (pages: Pages) => Promise<Result>,
): Promise<Result> => {
  for (let losses = 0; ; losses++) {
    try {
      return await read(pagesOfDocuments(table, part, tools));
    } catch (error) {
      if (!isLost(error) || losses === MOST_LOSSES) throw error;
    }
  }
};

type Weighed = { readonly balance: IdBalance; readonly ignored: ReadonlyMap<string, number> };

const weigh = async (pages: Pages, key: string, counts: VerificationCounts): Promise<Weighed> => {
  const balance = new IdBalance(key);
  const ignored = new Map<string, number>();
  let documents = 0; // counted at once, for whoever watches
  try {
    for await (const page of pages) {
      documents += page.length;
      counts.documents += page.length;
      for (const { _id: id, _ignored: fields = [] } of page) {
        balance.add(id, -1);
        for (const field of fields) ignored.set(field, (ignored.get(field) ?? 0) + 1);
      }
    }
  } catch (error) {
    counts.documents -= documents;
    throw error;
  }
  return { balance, ignored };
};

const hundredsOf = (hits: readonly DocumentHit[]): readonly (readonly DocumentHit[])[] =>
  Array.from({ length: Math.ceil(hits.length / MOST_KEYS) }, (_, at) =>
    hits.slice(at * MOST_KEYS, (at + 1) * MOST_KEYS),
  );

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
