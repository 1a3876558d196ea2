import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deadLetters, rejectionOf } from '../../../../function/src/core/dead-letter.ts';
import { newCauseTally } from '../../../../function/src/operator/replay/cause-tally.ts';
import { readGivenUp } from '../../../../function/src/operator/replay/given-up.ts';
import {
  inChunks,
  type LetterObject,
} from '../../../../function/src/operator/replay/letter-objects.ts';
import { readRejected } from '../../../../function/src/operator/replay/rejected.ts';
import { items } from '../../../support/arbitraries.ts';
import { aChange, aRecord, aTable, aTableKeyedBy } from '../../../support/records.ts';

const orders = aTable();
const tables = new Map([[orders.name, orders]]);
const read = (text: string) => readRejected(text, 'rejected/Orders/', tables);

describe('objects of the function', () => {
  test('each line is read back as the record that was rejected', () => {
    fc.assert(
      fc.property(fc.array(items, { minLength: 1, maxLength: 4 }), (images) => {
        const changes = images.map((image, position) =>
          aChange({ image, keys: { pk: { S: `k${position}` } }, number: String(position) }),
        );
        const [first, ...others] = changes.map((change) =>
          rejectionOf(change, 'index', { status: 400, type: 'type', reason: 'reason' }),
        );
        if (first === undefined) return;
        const { body } = deadLetters([first, ...others], {
          prefix: 'rejected/',
          records: changes.map(({ record }) => record),
          now: new Date(),
        });
        const letters = read(body);
        expect(letters.map((letter) => letter.kind === 'letter' && letter.id)).toEqual(
          changes.map(({ id }) => id),
        );
        expect(letters.map((letter) => letter.kind === 'letter' && letter.record)).toEqual(
          changes.map(({ record }) => record),
        );
        expect(letters.map(({ line }) => `${line}\n`).join('')).toBe(body);
      }),
    );
  });

  test('no text makes it throw, and each line that is not empty is kept', () => {
    const line = fc.oneof(
      fc.string(),
      fc.json(),
      fc.anything().map((record) => JSON.stringify({ table: 'Orders', record })),
      fc.anything().map((dynamodb) => JSON.stringify({ table: 'Orders', record: { dynamodb } })),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join('\n');
        const wanted = text.split('\n').filter((one) => one !== '');
        expect(read(text).map((letter) => letter.line)).toEqual(wanted.length ? wanted : ['']);
      }),
    );
  });

  test('only the attributes of the key are its key', () => {
    const table = aTableKeyedBy('S', 'N');
    const record = { dynamodb: { Keys: { more: { S: 'x' }, sk: { N: '1.0' }, pk: { S: 'p' } } } };
    const [letter] = readRejected(
      JSON.stringify({ table: table.name, record }),
      '',
      new Map([[table.name, table]]),
    );
    expect(letter).toMatchObject({ id: 'p|1', key: { pk: { S: 'p' }, sk: { N: '1.0' } } });
    expect(letter).not.toHaveProperty('key.more');
  });
});

describe('objects of Lambda', () => {
  const event = { Records: [aRecord(), aRecord({ table: 'Gone' })] };

  test.each([
    ['text', JSON.stringify(event)],
    ['an object', event],
  ])('the event may be %s', (_, payload) => {
    const text = JSON.stringify({ requestContext: { condition: 'RecordAgeExceeded' }, payload });
    expect(readGivenUp(text, tables)).toMatchObject({
      kind: 'letters',
      letters: [
        { kind: 'letter', id: 'k1', cause: { what: 'given up by Lambda (RecordAgeExceeded)' } },
        { kind: 'stray', cause: { place: 'Gone' } },
      ],
    });
  });

  test('without a condition it is given up all the same', () => {
    expect(readGivenUp(JSON.stringify({ payload: event }), tables)).toMatchObject({
      letters: [{ cause: { what: 'given up by Lambda' } }, {}],
    });
  });

  test('no text makes it throw', () => {
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.anything().map((payload) => JSON.stringify({ payload })),
      fc.array(fc.anything()).map((Records) => JSON.stringify({ payload: { Records } })),
    );
    fc.assert(
      fc.property(text, (some) => {
        expect(readGivenUp(some, tables).kind).toBe('foreign');
      }),
    );
  });
});

describe('a tally of causes', () => {
  const cause = (place: string) => ({ place, what: 'text where long is mapped', cure: '' });

  test('has the most frequent first, each with its first three objects', () => {
    const tally = newCauseTally();
    tally.add(cause('Orders.a'), '1');
    for (const object of ['1', '1', '2', '3', '4']) tally.add(cause('Orders.b'), object);
    expect(tally.causes()).toEqual([
      { ...cause('Orders.b'), count: 5, objects: ['1', '2', '3'] },
      { ...cause('Orders.a'), count: 1, objects: ['1'] },
    ]);
  });

  test('has a bound, beyond which it only counts', () => {
    const tally = newCauseTally(2);
    for (const place of ['a', 'b', 'c', 'a', 'd']) tally.add(cause(place), 'object');
    expect(tally.causes().map(({ place, count }) => [place, count])).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
    expect(tally.others()).toBe(2);
  });
});

test('no more objects are open at once than memory holds, unless one alone is larger', async () => {
  const sizes = [9, 1, 4, 4, ...Array.from({ length: 40 }, () => 0)];
  const objects = async function* (): AsyncGenerator<LetterObject> {
    for (const [n, size] of sizes.entries()) {
      const sizeBytes = size * 1024 * 1024;
      yield {
        key: `${n}`,
        modifiedAt: new Date(),
        sizeBytes,
        etag: '',
        form: 'rejected',
        tableName: 'Orders',
      };
    }
  };
  const chunks: number[] = [];
  for await (const chunk of inChunks(objects())) chunks.push(chunk.length);
  expect(chunks).toEqual([1, 2, 32, 9]);
});
