import { deepEqual, equal } from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { Item } from '../../function/src/core/attribute-value.ts';
import { indexContents } from '../support/index-contents.ts';
import type { FollowedTable } from './followed-table.ts';
import { documentOf, isPoison, isWanted } from './item.ts';
import { KEYS, keyOf } from './keys.ts';
import { letterObjectsOf } from './letters.ts';
import type { World } from './world.ts';

/**
 * Sees to it that a world has come to the end that is guaranteed: the index equals the table but for
 * rejected items, each of which lies in the dead letters whole, and the counts add up.
 *
 * @throws AssertionError
 */
export const expectConvergence = async (world: World): Promise<void> => {
  deepEqual(world.violations, [], 'what must not be was seen');
  for (const table of world.tables) {
    const rejected = await expectEquality(table, world);
    expectLetters(table, rejected, world);
    await expectVerified(table, rejected, world);
    expectAccount(table);
  }
};

/** Compares documents with what items should make, by the contract's own words; returns the ids of rejected items. */
const expectEquality = async (
  table: FollowedTable,
  { setting }: World,
): Promise<ReadonlySet<string>> => {
  const items = new Map<string, Item>();
  const ids = idsOf(table);
  for (const item of await table.items())
    if (isWanted(item, table.shape.hasWhere)) items.set(ids(item), item);
  const rejected = new Set([...items].filter(([, item]) => isPoison(item)).map(([id]) => id));
  const documents = await indexContents(setting.site.node.url, table.index);
  const expected = [...items].map(([id, item]) => [id, documentOf(item)] as const);
  const actual = [...documents].map(([id, { source }]) => [id, source] as const);
  const but = (all: readonly (readonly [string, unknown])[]) =>
    Object.fromEntries(all.filter(([id]) => !rejected.has(id)));
  deepEqual(but(actual), but(expected), `the index ${table.index} equals its table`);
  return rejected;
};

const idsOf = ({ shape }: FollowedTable) => {
  const keys = Array.from({ length: KEYS }, (_, number) => keyOf(number, shape.keyTypes));
  return (item: Item): string => {
    const key = keys.find(({ stored }) =>
      Object.entries(stored).every(([name, value]) => isDeepStrictEqual(item[name], value)),
    );
    if (key === undefined) throw new Error(`no key is that of ${JSON.stringify(item)}`);
    return key.id;
  };
};

/** The last record of each rejected item is among the letters, whole; and no letter stays without one of those. */
const expectLetters = (
  table: FollowedTable,
  rejected: ReadonlySet<string>,
  { setting }: World,
): void => {
  const objects = letterObjectsOf(table, setting);
  const letters = objects.flatMap(({ records }) => records);
  for (const id of rejected) {
    const ofItem = table.stream.records.filter((record) => record.id === id && !record.isMalformed);
    const last = ofItem.at(-1)?.record.text ?? '{}';
    const isThere = letters.some(({ record }) => isDeepStrictEqual(record, JSON.parse(last)));
    equal(isThere, true, `the record of the rejected item ${id} lies in the dead letters, whole`);
  }
  const needless = objects.flatMap(({ isOfLambda, records }) => {
    const ofOthers = records.map(({ id }) => id).filter((id) => !rejected.has(id));
    return isOfLambda && ofOthers.length < records.length ? [] : ofOthers;
  });
  deepEqual(needless, [], 'no letter of an item stays that OpenSearch takes');
};

/** What the real `verify` says is the same. */
const expectVerified = async (
  { name }: FollowedTable,
  rejected: ReadonlySet<string>,
  { operators }: World,
): Promise<void> => {
  const differences = await operators.verify(name, { isRepairing: false });
  const wrong = differences.filter(({ id }) => !rejected.has(id));
  deepEqual(
    wrong.map(({ kind, id }) => `${kind} ${id}`),
    [],
    `verify calls ${name} equal`,
  );
};

/** Over all invocations that answered, what was not retried is what the stream delivered, and each outcome has its share. */
const expectAccount = ({ name, invocations, totals, stream }: FollowedTable): void => {
  const { settled, discarded, lost } = totals();
  const count = (metric: string) => invocations.account.counts.get(metric) ?? 0;
  const outcomes = ['Written', 'Folded', 'Superseded', 'DeadLettered'].map(count);
  const sum = outcomes.reduce((total, outcome) => total + outcome, 0);
  const done = count('Received') - count('Retried');
  equal(sum, done, `the outcomes of ${name} add up`);
  equal(done, settled + invocations.settledAgain(), `every record of ${name} is accounted for`);
  equal(lost, 0, `nothing of ${name} is lost on its way to the bucket`);
  equal(
    settled + discarded >= stream.records.length,
    true,
    `every record of ${name} was delivered`,
  );
};
