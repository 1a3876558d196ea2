import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonReader } from '../../../function/src/core/json-reader.ts';

/** The value of the text as a reader tells it. */
const read = (text: string): unknown => {
  const trimmed = text.trimStart();
  const reader = new JsonReader(text);
  if (trimmed.startsWith('{')) {
    const members: [string, unknown][] = [];
    reader.object((name) => members.push([name, read(reader.span())]));
    return Object.fromEntries(members);
  }
  if (trimmed.startsWith('[')) {
    const elements: unknown[] = [];
    reader.array(() => elements.push(read(reader.span())));
    return elements;
  }
  return trimmed.startsWith('"') ? reader.string() : JSON.parse(reader.span());
};

test('a reader tells what JSON.parse tells', () => {
  const values = fc.oneof(
    fc.json(),
    fc.jsonValue().map((value) => JSON.stringify(value, null, 1)),
  );
  fc.assert(
    fc.property(values, (text) => {
      expect(read(text)).toEqual(JSON.parse(text));
    }),
  );
});

test('values that stand behind each other are read one after the other', () => {
  const reader = new JsonReader(' {"a":"}]"} [1,[2]] "x\\"" -1.5e3 null');
  expect([reader.span(), reader.span(), reader.string(), reader.span()]).toEqual([
    '{"a":"}]"}',
    '[1,[2]]',
    'x"',
    '-1.5e3',
  ]);
  expect(reader.takes('[1]')).toBe(false);
  expect(reader.span()).toBe('null');
});

describe('text that is not JSON is refused:', () => {
  test.each([
    '',
    '{',
    '{"a"',
    '{"a":',
    '{"a":1',
    '{"a":1,',
    '{"a" 1}',
    '{1:2}',
    '<html>',
    '"',
    '"\\"',
    '{"a":"',
  ])('%s', (text) => {
    expect(() => {
      const reader = new JsonReader(text);
      reader.object(() => reader.skip());
    }).toThrow(SyntaxError);
    expect(() => new JsonReader(text).string()).toThrow(SyntaxError);
  });

  test.each(['', '[', '[1', '[1,', '[1 2]', '{}'])('a list that reads %s', (text) => {
    expect(() => {
      const reader = new JsonReader(text);
      reader.array(() => reader.skip());
    }).toThrow(SyntaxError);
  });
});
