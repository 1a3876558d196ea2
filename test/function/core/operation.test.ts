import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Item } from '../../../function/src/core/attribute-value.ts';
import type { Change } from '../../../function/src/core/change.ts';
import { JsonWriter } from '../../../function/src/core/json-writer.ts';
import {
  type Composition,
  composeChanges,
  composeItem,
} from '../../../function/src/core/operation.ts';
import type { Table } from '../../../function/src/core/table.ts';
import { texts } from '../../support/arbitraries.ts';
import { aChange, aChangeOf, aRemoval, aTable, SOME_SECOND } from '../../support/records.ts';

const orders = aTable();

const invoices = aTable({ where: new Map([['entity', new Set(['invoice'])]]) });

const compose = (changes: readonly Change[], table: Table = orders): Composition =>
  composeChanges(
    changes.map((change) => ({ ...change, table })),
    new JsonWriter(),
  );

/** The lines of the operation that was composed, each parsed. */
const linesOf = ({ next }: Composition): unknown[] => {
  if (next?.kind !== 'operation') throw new Error('no operation was composed');
  const text = Buffer.from(next.lines).toString();
  expect(text.endsWith('\n')).toBe(true);
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line));
};

const unreadable = { pk: { S: 'k1' }, a: { X: 'unknown' } };

describe('a lone change', () => {
  test('that puts an item indexes its document', () => {
    expect(linesOf(compose([aChange()]))).toEqual([
      {
        index: { _id: 'k1', version: SOME_SECOND * 1_000_000, version_type: 'external_gte' },
      },
      { pk: 'k1', a: 'x' },
    ]);
  });

  test('that removes an item deletes its document', () => {
    expect(linesOf(compose([aRemoval()]))).toEqual([
      {
        delete: { _id: 'k1', version: SOME_SECOND * 1_000_000, version_type: 'external_gte' },
      },
    ]);
  });

  test('is one operation on its document', () => {
    const change = aChange();
    expect(compose([change])).toMatchObject({
      next: {
        kind: 'operation',
        table: orders,
        id: 'k1',
        version: BigInt(SOME_SECOND) * 1_000_000n,
        changes: [change],
        action: 'index',
      },
      malformed: [],
    });
  });

  test('without its image is reread', () => {
    const change = aChange({ image: undefined });
    expect(compose([change])).toEqual({
      next: {
        kind: 'reread',
        table: orders,
        id: 'k1',
        version: BigInt(SOME_SECOND) * 1_000_000n,
        changes: [change],
      },
      malformed: [],
    });
  });

  test('whose image cannot be read is malformed', () => {
    expect(compose([aChange({ image: unreadable })])).toMatchObject({
      next: undefined,
      malformed: [{ kind: 'malformed', id: 'k1', effect: 'put' }],
    });
  });

  test.each([5, 'text', []])('whose image is %j is malformed', (image) => {
    expect(compose([aChange({ image })], invoices).malformed).toHaveLength(1);
  });

  test('that removes an item is done although its image cannot be read', () => {
    expect(compose([aRemoval({ image: unreadable })]).malformed).toEqual([]);
  });

  test('with any id is one line of its own', () => {
    fc.assert(
      fc.property(
        texts.filter((text) => text !== ''),
        (text) => {
          const change = aChangeOf(text);
          expect(linesOf(compose([change]))).toMatchObject([
            { index: { _id: change.id } },
            { pk: text },
          ]);
        },
      ),
    );
  });
});

describe('an item that does not match where', () => {
  const receipt: Item = { pk: { S: 'k1' }, entity: { S: 'receipt' } };

  test('is deleted', () => {
    expect(linesOf(compose([aChange({ image: receipt })], invoices))).toMatchObject([
      { delete: { _id: 'k1' } },
    ]);
  });

  test('is indexed once it matches', () => {
    const image = { ...receipt, entity: { S: 'invoice' } };
    expect(linesOf(compose([aChange({ image })], invoices))).toMatchObject([
      { index: { _id: 'k1' } },
      { entity: 'invoice' },
    ]);
  });

  test('is malformed, and nothing is deleted, when it cannot be read', () => {
    expect(compose([aChange({ image: unreadable })], invoices)).toMatchObject({
      next: undefined,
      malformed: [{ id: 'k1' }],
    });
  });
});

describe('several changes of a key', () => {
  test('are one operation with the last image', () => {
    const changes = ['1', '2', '3'].map((value) => aChangeOf('k1', value));
    expect(linesOf(compose(changes))).toMatchObject([{ index: { _id: 'k1' } }, { n: 3 }]);
  });

  test('of which the last removes are a delete', () => {
    expect(linesOf(compose([aChange(), aRemoval()]))).toMatchObject([{ delete: { _id: 'k1' } }]);
  });

  test('of which the last puts are an index', () => {
    expect(linesOf(compose([aRemoval(), aChange()]))).toMatchObject([{ index: {} }, { a: 'x' }]);
  });

  test('have the highest of their versions', () => {
    const seconds = fc.array(fc.integer({ min: 1, max: 9_007_199_254 }), { minLength: 1 });
    fc.assert(
      fc.property(seconds, (all) => {
        const changes = all.map((each) => aChange({ seconds: each }));
        expect(compose(changes).next?.version).toBe(BigInt(Math.max(...all)) * 1_000_000n);
      }),
    );
  });

  test('stay with their operation in their order', () => {
    const changes = [aRemoval(), aChange(), aChange()];
    expect(compose(changes).next?.changes).toEqual(changes);
  });

  test('are reread when the last one has no image', () => {
    expect(compose([aChange(), aChange({ image: undefined })]).next?.kind).toBe('reread');
  });

  test('are not reread when an earlier one has no image', () => {
    expect(compose([aChange({ image: undefined }), aChange()]).next?.kind).toBe('operation');
  });

  test('that cannot be read are set aside, and the last of the others counts', () => {
    const readable = [aChangeOf('k1', '1'), aChangeOf('k1', '2')];
    const first = aChange({ image: unreadable, number: '6' });
    const last = aChange({ image: unreadable, number: '9' });
    const composition = compose([first, ...readable, last]);
    expect(linesOf(composition)).toMatchObject([{ index: {} }, { n: 2 }]);
    expect(composition.next?.changes).toEqual(readable);
    expect(composition.malformed.map(({ record }) => record.dynamodb?.SequenceNumber)).toEqual([
      '6',
      '9',
    ]);
  });

  test('of which one removes need no image of that one', () => {
    expect(compose([aRemoval({ image: unreadable }), aChange()]).malformed).toEqual([]);
  });

  test('that cannot be read do not lend their version', () => {
    const bad = aChange({ image: unreadable, seconds: SOME_SECOND + 9 });
    expect(compose([bad, aChange()]).next?.version).toBe(BigInt(SOME_SECOND) * 1_000_000n);
  });

  test('none of which can be read are malformed, all of them', () => {
    const all = ['6', '9'].map((number) => aChange({ image: unreadable, number }));
    expect(compose(all)).toMatchObject({ next: undefined, malformed: [{}, {}] });
  });

  test('of which the last that can be read removes are a delete', () => {
    expect(linesOf(compose([aRemoval(), aChange({ image: unreadable })]))).toMatchObject([
      { delete: {} },
    ]);
  });
});

describe('an item read from the table', () => {
  const target = {
    table: orders,
    id: 'k1',
    version: 2n ** 63n - 1n,
    changes: [aChange()],
  };

  const fromItem = (item: Item | undefined, table: Table = orders) =>
    composeItem({ ...target, table }, item, new JsonWriter());

  const textOf = (item: Item | undefined, table: Table = orders) =>
    Buffer.from(fromItem(item, table)?.lines ?? []).toString();

  test('is indexed at the version of its target, digit for digit', () => {
    expect(textOf({ pk: { S: 'k1' } })).toBe(
      '{"index":{"_id":"k1","version":9223372036854775807,"version_type":"external_gte"}}\n{"pk":"k1"}\n',
    );
  });

  test('that is no longer there is deleted', () => {
    expect(textOf(undefined)).toBe(
      '{"delete":{"_id":"k1","version":9223372036854775807,"version_type":"external_gte"}}\n',
    );
  });

  test('that does not match where is deleted', () => {
    expect(fromItem({ pk: { S: 'k1' } }, invoices)?.action).toBe('delete');
  });

  test('keeps the changes that it settles', () => {
    expect(fromItem(undefined)).toMatchObject(target);
  });

  test('that is not DynamoDB JSON is no operation', () => {
    expect(fromItem(JSON.parse(JSON.stringify(unreadable)))).toBeUndefined();
  });
});

test('what cannot be read leaves nothing behind in the operations that follow', () => {
  const writer = new JsonWriter();
  const bad = aChange({ image: unreadable });
  const compositions = [[bad], [aChange()], [bad, aRemoval()], [aChange()]].map((changes) =>
    composeChanges(changes, writer),
  );
  expect(compositions.slice(1).map((composition) => linesOf(composition).length)).toEqual([
    2, 1, 2,
  ]);
});
