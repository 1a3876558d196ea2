import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonReader } from '../../../function/src/core/json-reader.ts';
import {
  type FieldDifference,
  readDifference,
  unexplainedDifferences,
} from '../../../function/src/core/same-document.ts';
import { type Decimal, decimals, jsonSpellings, plain, texts } from '../../support/arbitraries.ts';

const difference = (
  table: string,
  index: string,
  { mayHaveMore = false } = {},
): FieldDifference | undefined => {
  const reader = new JsonReader(`${index} "next"`);
  const found = readDifference(table, reader, { mayHaveMore });
  expect(reader.string()).toBe('next'); // wherever it was found, the document has been passed
  return found;
};

/** A value of JSON, apart from how it is spelled. */
type Value =
  | null
  | boolean
  | string
  | { readonly decimal: Decimal }
  | readonly Value[]
  | ReadonlyMap<string, Value>;

const names = fc.oneof(texts, fc.constantFrom('__proto__', 'constructor', 'a', 'b', 'c'));

const { object: objects } = fc.letrec<{ value: Value; object: ReadonlyMap<string, Value> }>(
  (tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(null, true, false),
      texts,
      fc.record({ decimal: decimals }),
      fc.array(tie('value'), { maxLength: 3 }),
      tie('object'),
    ),
    object: fc
      .uniqueArray(fc.tuple(names, tie('value')), { maxLength: 4, selector: ([name]) => name })
      .map((members) => new Map(members)),
  }),
);

const isMap = (value: Value): value is ReadonlyMap<string, Value> => value instanceof Map;
const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

/** One text for each value: two values are equal exactly when these are. */
const canonical = (value: Value): string => {
  if (isMap(value)) {
    const members = [...value].sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${members.map(([name, member]) => JSON.stringify(name) + canonical(member))}}`;
  }
  if (isList(value)) return `[${value.map(canonical)}]`;
  if (typeof value === 'object' && value !== null) return plain(value.decimal);
  return JSON.stringify(value);
};

const spaces = fc.constantFrom('', '', '', ' ', '\n\t', '\r  ');

const escaped = (text: string): string =>
  `"${[...text.split('')].map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`;

const stringSpellings = (text: string) => fc.constantFrom(JSON.stringify(text), escaped(text));

const joined = (parts: readonly string[], [open, close]: readonly [string, string]) =>
  fc.tuple(spaces, spaces).map(([before, after]) => {
    const comma = `${before},${after}`;
    return open + before + parts.join(comma) + after + close;
  });

/** The value in any spelling that JSON allows. */
const spellings = (value: Value): fc.Arbitrary<string> => {
  if (isMap(value)) {
    return fc
      .shuffledSubarray([...value], { minLength: value.size })
      .chain((members) =>
        fc.tuple(
          ...members.map(([name, member]) =>
            fc
              .tuple(stringSpellings(name), spaces, spaces, spellings(member))
              .map(([key, before, after, text]) => `${key}${before}:${after}${text}`),
          ),
        ),
      )
      .chain((members) => joined(members, ['{', '}']));
  }
  if (isList(value))
    return fc.tuple(...value.map(spellings)).chain((members) => joined(members, ['[', ']']));
  if (typeof value === 'string') return stringSpellings(value);
  if (typeof value === 'object' && value !== null) return jsonSpellings(value.decimal);
  return fc.constant(String(value));
};

describe('documents', () => {
  test('are equal however they are spelled', () => {
    const pairs = objects.chain((value) => fc.tuple(spellings(value), spellings(value)));
    fc.assert(fc.property(pairs, ([one, other]) => difference(one, other) === undefined));
  });

  test('are equal exactly when their values are', () => {
    const pairs = fc
      .tuple(objects, objects)
      .chain((values) => fc.tuple(fc.constant(values), spellings(values[0]), spellings(values[1])));
    fc.assert(
      fc.property(pairs, ([[one, other], table, index]) => {
        const isSame = canonical(one) === canonical(other);
        return (difference(table, index) === undefined) === isSame;
      }),
    );
  });

  test('that have one changed value differ there', () => {
    const pairs = fc
      .tuple(
        objects,
        names,
        fc.tuple(decimals, decimals).filter(([one, other]) => plain(one) !== plain(other)),
      )
      .chain(([value, name, [one, other]]) =>
        fc.tuple(
          fc.constant(name),
          spellings(new Map([...value, [name, { decimal: one }]])),
          spellings(new Map([...value, [name, { decimal: other }]])),
        ),
      );
    fc.assert(
      fc.property(pairs, ([name, table, index]) => difference(table, index)?.path === name),
    );
  });
});

describe('of documents that are equal,', () => {
  test.each([
    ['the same text', '{"a":1}', '{"a":1}'],
    ['no fields', '{}', '{ }'],
    ['empty containers', '{"a":[],"b":{}}', '{"b": { },"a": [ ]}'],
    ['another order of members', '{"a":1,"b":{"c":2,"d":3}}', '{"b":{"d":3,"c":2},"a":1}'],
    ['superfluous zeros', '{"a":1}', '{"a":1.0}'],
    ['an exponent', '{"a":1e2}', '{"a":100}'],
    ['a negative zero', '{"a":0}', '{"a":-0.0}'],
    [
      '38 digits',
      '{"a":1234567890123456789012345678901234567.8}',
      '{"a":12345678901234567890123456789012345678E-1}',
    ],
    ['escapes that need not be', '{"é/":"\u2028"}', '{"\\u00e9\\/":"\\u2028"}'],
    ['a quote after a backslash', '{"a":"\\\\","b":"\\""}', '{"b":"\\"","a":"\\\\"}'],
    ['the last of two members with one name', '{"a":2}', '{"a":1,"a":2}'],
    ['a number that no item can hold', '{"a":1e999}', '{ "a":1e999}'],
  ])('%s makes no difference', (_, table, index) => {
    expect(difference(table, index)).toBeUndefined();
  });
});

describe('the first difference', () => {
  test.each([
    ['of another value', '{"x":1,"n":2}', '{"x":1,"n":3}', ['n', '2', '3']],
    ['of another type', '{"n":2}', '{"n":"2"}', ['n', '2', '"2"']],
    [
      'of the last of 38 digits',
      '{"n":12345678901234567890123456789012345678}',
      '{"n":12345678901234567890123456789012345679}',
      ['n', '12345678901234567890123456789012345678', '12345678901234567890123456789012345679'],
    ],
    ['of the case of a letter', '{"s":"a"}', '{"s":"A"}', ['s', '"a"', '"A"']],
    ['of null and absent', '{"n":null}', '{}', ['n', 'null', undefined]],
    ['of a field too much', '{}', '{"n":[1]}', ['n', undefined, '[1]']],
    [
      'of a field within a field',
      '{"a":{"b":{"c":1}}}',
      '{"a":{"b":{"c":2}}}',
      ['a.b.c', '1', '2'],
    ],
    [
      'of a member of a list',
      '{"a":[{"b":1},{"b":2}]}',
      '{"a":[{"b":1},{"b":3}]}',
      ['a[1].b', '2', '3'],
    ],
    ['of a list that is longer', '{"a":[1]}', '{"a":[1,1]}', ['a[1]', undefined, '1']],
    ['of the order of a list', '{"a":[1,2]}', '{"a":[2,1]}', ['a[0]', '1', '2']],
    ['of an empty object and an empty list', '{"a":{}}', '{"a":[]}', ['a', '{}', '[]']],
    ['of __proto__', '{"__proto__":{"a":1}}', '{"__proto__":{"a":2}}', ['__proto__.a', '1', '2']],
    ['of a number that no item can hold', '{"a":1e999}', '{"a":1e998}', ['a', '1e999', '1e998']],
    ['of true and false', '{"a":true}', '{"a":false}', ['a', 'true', 'false']],
  ])('%s is named with both values', (_, ofTable, ofIndex, [path, table, index]) => {
    expect(difference(ofTable, ofIndex)).toEqual({ path, table, index });
  });

  test('may be a field more only where more is not welcome', () => {
    const more = '{"a":1,"embedding":[0.5]}';
    expect(difference('{"a":1}', more, { mayHaveMore: true })).toBeUndefined();
    expect(difference('{"a":1}', more)).toMatchObject({ path: 'embedding' });
    expect(difference('{"a":{"b":1}}', '{"a":{"b":1,"c":2}}', { mayHaveMore: true })).toEqual({
      path: 'a.c',
      table: undefined,
      index: '2',
    });
  });
});

describe('what no change of the item explains is', () => {
  const unexplained = (before: string, now: string, document: string, mayHaveMore = false) =>
    unexplainedDifferences([before, now], document, { mayHaveMore }).map(({ path }) => path);

  test('a field that the item never had, or that it did not change', () => {
    const document = '{"n":1,"price":2,"secret":"x"}';
    expect(unexplained('{"n":1,"price":1}', '{"n":2,"price":1}', document)).toEqual([
      'price',
      'secret',
    ]);
  });

  test('but no field that it changed, had for a while, or got', () => {
    expect(unexplained('{"n":1,"old":1}', '{"n":2,"new":1}', '{"n":0,"old":1}')).toEqual([]);
  });

  test('and none that an ingest pipeline may have added', () => {
    expect(unexplained('{"n":1}', '{"n":2}', '{"n":1,"embedding":[1]}', true)).toEqual([]);
  });
});
