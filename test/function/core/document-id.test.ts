import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AttributeValue, Item } from '../../../function/src/core/attribute-value.ts';
import { documentId } from '../../../function/src/core/document-id.ts';
import type { KeyAttribute, Profile } from '../../../function/src/core/table.ts';
import { decimals, looseSpellings, plain, texts } from '../../support/arbitraries.ts';
import { aTableKeyedBy } from '../../support/records.ts';

const sha256 = (text: string): string =>
  `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** An id as it arrives in the index. */
const inUtf8 = (id: string | undefined): string => Buffer.from(id ?? '').toString('hex');

const S = (text: string): Item => ({ pk: { S: text } });
const pair = (partition: string, sort: string): Item => ({ pk: { S: partition }, sk: { S: sort } });

const PROFILES: readonly Profile[] = ['exact', 'bfansports'];

describe.each(PROFILES)('in profile %s', (profile) => {
  const oneKey = (type: KeyAttribute['type']) => aTableKeyedBy(type, undefined, { profile });

  test('the id of one key is its value', () => {
    expect(documentId(S('k1'), oneKey('S'))).toBe('k1');
  });

  test('the id of one key is not escaped', () => {
    expect(documentId(S('a|b\\c'), oneKey('S'))).toBe('a|b\\c');
  });

  test('the partition value comes first, whatever the order of the names', () => {
    const keys = { sk: { N: '7' }, pk: { S: 'cust' } };
    expect(documentId(keys, aTableKeyedBy('S', 'N', { profile }))).toBe('cust|7');
  });

  test('a number keeps all its 38 digits', () => {
    const digits = '12345678901234567890123456789012345678';
    expect(documentId({ pk: { N: digits } }, oneKey('N'))).toBe(digits);
  });

  test('binary is base64 with padding', () => {
    expect(documentId({ pk: { B: '--8' } }, oneKey('B'))).toBe('++8=');
  });

  test('an id of 512 bytes stays as it is', () => {
    expect(documentId(S('é'.repeat(256)), oneKey('S'))).toBe('é'.repeat(256));
  });

  test('an id of 513 bytes is replaced by its hash', () => {
    const id = `${'é'.repeat(256)}a`;
    expect(documentId(S(id), oneKey('S'))).toBe(sha256(id));
  });

  test('a hashed id of two keys is the hash of the whole', () => {
    const keys = pair('p'.repeat(300), 's'.repeat(300));
    expect(documentId(keys, aTableKeyedBy('S', 'S', { profile }))).toBe(
      sha256(`${'p'.repeat(300)}|${'s'.repeat(300)}`),
    );
  });

  test('no id is longer than 512 bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600, size: 'max' }), (text) => {
        expect(Buffer.byteLength(documentId(S(text), oneKey('S')) ?? '')).toBeLessThanOrEqual(512);
      }),
    );
  });

  test.each<[string, AttributeValue]>([
    ['another type', { N: '1' }],
    ['no text', JSON.parse('{"S":5}')],
    ['null', JSON.parse('null')],
  ])('there is no id for a key of %s', (_, value) => {
    expect(documentId({ pk: value }, oneKey('S'))).toBeUndefined();
  });

  test('there is no id for a number that is none', () => {
    expect(documentId({ pk: { N: 'seven' } }, oneKey('N'))).toBeUndefined();
  });

  test('there is no id without the partition value', () => {
    expect(documentId({ sk: { S: 's' } }, aTableKeyedBy('S', 'S', { profile }))).toBeUndefined();
  });

  test('there is no id without the sort value', () => {
    expect(documentId(S('p'), aTableKeyedBy('S', 'S', { profile }))).toBeUndefined();
  });
});

test.each([
  ['a|b', 'a\\|b'],
  ['a\\b', 'a\\\\b'],
  ['a|b\\c', 'a\\|b\\\\c'],
  ['||', '\\|\\|'],
  ['\\|', '\\\\\\|'],
])('the partition value %s is written %s', (partition, escaped) => {
  expect(documentId(pair(partition, 's'), aTableKeyedBy('S', 'S'))).toBe(`${escaped}|s`);
});

test('a text cut in two at any of its bars has another id at each', () => {
  const withBars = fc.string({ unit: fc.constantFrom('a', '|', '\\'), maxLength: 10 });
  fc.assert(
    fc.property(withBars, (text) => {
      const ids = [...text.matchAll(/\|/g)].map(({ index }) =>
        documentId(pair(text.slice(0, index), text.slice(index + 1)), aTableKeyedBy('S', 'S')),
      );
      expect(new Set(ids).size).toBe(ids.length);
    }),
    { numRuns: 500 },
  );
});

test('bars and backslashes of the sort value are not escaped', () => {
  expect(documentId(pair('p', 'a|b\\c'), aTableKeyedBy('S', 'S'))).toBe('p|a|b\\c');
});

test('the original did not escape', () => {
  expect(documentId(pair('a|b\\c', 's'), aTableKeyedBy('S', 'S', { profile: 'bfansports' }))).toBe(
    'a|b\\c|s',
  );
});

test('numbers are plain decimals', () => {
  expect(documentId({ pk: { N: '1E-7' } }, aTableKeyedBy('N'))).toBe('0.0000001');
});

test('the original printed numbers as Python does', () => {
  const table = aTableKeyedBy('N', undefined, { profile: 'bfansports' });
  expect(documentId({ pk: { N: '1E-7' } }, table)).toBe('1e-07');
});

test('a key that looks like a hash is hashed', () => {
  expect(documentId(S('sha256:abc'), aTableKeyedBy('S'))).toBe(sha256('sha256:abc'));
});

test('the ids of the original that look like a hash stay as they are', () => {
  const table = aTableKeyedBy('S', undefined, { profile: 'bfansports' });
  expect(documentId(S('sha256:abc'), table)).toBe('sha256:abc');
});

test('a key that spells the hash of another one has an id of its own', () => {
  const long = 'p'.repeat(513);
  expect(documentId(S(sha256(long)), aTableKeyedBy('S'))).not.toBe(sha256(long));
});

test('a key that spells another one, lone surrogate and all, has an id of its own', () => {
  const broken = `\ud800${'p'.repeat(513)}`;
  const spelled = JSON.stringify(broken);
  expect(documentId(S(broken), aTableKeyedBy('S'))).not.toBe(
    documentId(S(spelled), aTableKeyedBy('S')),
  );
});

test('lone surrogates, which would all become one in UTF-8, are told apart', () => {
  const ids = ['\ud800', '\ud801', '\ufffd'].map((text) =>
    inUtf8(documentId(S(text), aTableKeyedBy('S'))),
  );
  expect(new Set(ids).size).toBe(3);
});

/** A key value in some spelling, with a text that is equal for equal values and for them only. */
type KeyValue = { readonly value: AttributeValue; readonly identity: string };

const confusable = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', '|', '\\', '"', '1'), maxLength: 5 }),
  fc.string({ unit: fc.constantFrom('\ud800', '\udc00', '\ufffd'), maxLength: 3 }),
  fc.constantFrom('sha256:', sha256('p'.repeat(600)), sha256(sha256('p'.repeat(600)))),
  fc.integer({ min: 505, max: 515 }).map((length) => 'p'.repeat(length)),
  texts,
);

const keyValues: Record<KeyAttribute['type'], fc.Arbitrary<KeyValue>> = {
  S: confusable.map((text) => ({ value: { S: text }, identity: `S${text}` })),
  N: decimals.chain((decimal) =>
    looseSpellings(decimal).map((text) => ({ value: { N: text }, identity: `N${plain(decimal)}` })),
  ),
  B: fc
    .tuple(fc.uint8Array({ maxLength: 4 }), fc.constantFrom('base64', 'base64url'))
    .map(([bytes, encoding]) => ({
      value: { B: Buffer.from(bytes).toString(encoding === 'base64' ? 'base64' : 'base64url') },
      identity: `B${bytes.join()}`,
    })),
};

const types = fc.constantFrom<KeyAttribute['type']>('S', 'N', 'B');

const keyPairs = fc
  .record({ partition: types, sort: fc.option(types, { nil: undefined }) })
  .chain(({ partition, sort }) => {
    const key = fc.record({ pk: keyValues[partition], ...(sort && { sk: keyValues[sort] }) });
    return fc.record({ table: fc.constant(aTableKeyedBy(partition, sort)), one: key, other: key });
  });

const valuesOf = (key: Record<string, KeyValue>): Item =>
  Object.fromEntries(Object.entries(key).map(([name, { value }]) => [name, value]));

const identityOf = (key: Record<string, KeyValue>): string =>
  JSON.stringify(Object.entries(key).map(([name, { identity }]) => [name, identity]));

test('two keys have one id exactly when they are equal to DynamoDB', () => {
  fc.assert(
    fc.property(keyPairs, ({ table, one, other }) => {
      const ids = [one, other].map((key) => inUtf8(documentId(valuesOf(key), table)));
      expect(ids[0] === ids[1]).toBe(identityOf(one) === identityOf(other));
    }),
    { numRuns: 5000 },
  );
});

test('spellings of one number and one binary share their id', () => {
  const spelled = fc.record({
    one: decimals.chain((decimal) => fc.tuple(looseSpellings(decimal), looseSpellings(decimal))),
    bytes: fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
  });
  fc.assert(
    fc.property(spelled, ({ one: [first, second], bytes }) => {
      const table = aTableKeyedBy('N', 'B');
      const id = (N: string, B: string) => documentId({ pk: { N }, sk: { B } }, table);
      expect(id(first, bytes.toString('base64'))).toBe(id(second, bytes.toString('base64url')));
    }),
    { numRuns: 500 },
  );
});
