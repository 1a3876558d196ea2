import { expect, test } from 'vitest';
import type { AttributeValue, Item } from '../../../function/src/core/attribute-value.ts';
import {
  encodeMemberName,
  LEFT_OUT,
  valueWriter,
  type Write,
  writeArray,
  writeNumber,
  writeNumberAsText,
  writeObject,
} from '../../../function/src/core/json-values.ts';
import { JsonWriter } from '../../../function/src/core/json-writer.ts';

const writeValue: Write<AttributeValue> = valueWriter({
  number: writeNumber,
  map: (writer, map) => writeObject(writer, map, encodeMemberName, writeValue),
  list: (writer, list) => writeArray(writer, list, writeValue),
});

const written = <Value>(write: Write<Value>, value: Value): string | undefined => {
  const writer = new JsonWriter();
  return write(writer, value) ? Buffer.from(writer.take()).toString() : undefined;
};

/** A value as it stands in an event, which can be anything. */
const parsed = (json: string): AttributeValue => JSON.parse(json);

test.each([
  ['{"S":""}', '""'],
  ['{"N":"1.50"}', '1.50'],
  ['{"N":"-0.5E-7"}', '-0.5E-7'],
  ['{"B":"AQ=="}', '"AQ=="'],
  ['{"BOOL":true}', 'true'],
  ['{"BOOL":false}', 'false'],
  ['{"NULL":true}', 'null'],
  ['{"SS":["b","a"]}', '["b","a"]'],
  ['{"NS":["2","1"]}', '[2,1]'],
  ['{"BS":["AQ==","Ag=="]}', '["AQ==","Ag=="]'],
  ['{"L":[]}', '[]'],
  ['{"L":[{"N":"1"},{"S":"a"}]}', '[1,"a"]'],
  ['{"M":{}}', '{}'],
  ['{"M":{"a":{"N":"1"},"b":{"S":"x"}}}', '{"a":1,"b":"x"}'],
])('%s is written %s', (value, json) => {
  expect(written(writeValue, parsed(value))).toBe(json);
});

test.each(['+1', '01', '.5', '5.', '-01.50'])(
  '%s, which is no JSON number, is written as the number it is',
  (text) => {
    expect(JSON.parse(written(writeNumber, text) ?? '')).toBe(Number(text));
  },
);

test.each([
  '5',
  'null',
  '"text"',
  '[]',
  '{}',
  '{"X":"unknown"}',
  '{"S":5}',
  '{"S":null}',
  '{"N":5}',
  '{"N":null}',
  '{"N":""}',
  '{"N":"five"}',
  '{"N":"NaN"}',
  '{"B":5}',
  '{"BOOL":"true"}',
  '{"BOOL":null}',
  '{"SS":"a"}',
  '{"SS":{"0":"a"}}',
  '{"SS":[5]}',
  '{"SS":[null]}',
  '{"NS":"1"}',
  '{"NS":[1]}',
  '{"NS":["1","x"]}',
  '{"BS":[5]}',
  '{"BS":null}',
  '{"L":{}}',
  '{"L":null}',
  '{"L":[null]}',
  '{"L":[{"S":"x"},{"X":1}]}',
  '{"M":[]}',
  '{"M":"a"}',
  '{"M":null}',
  '{"M":{"a":null}}',
  '{"M":{"a":{"X":1}}}',
])('%s is not DynamoDB JSON', (value) => {
  expect(written(writeValue, parsed(value))).toBeUndefined();
});

test('a list with a hole is not DynamoDB JSON', () => {
  expect(written(writeValue, { L: new Array<AttributeValue>(1) })).toBeUndefined();
});

test('a member without value is not DynamoDB JSON', () => {
  const write: Write<{ [name: string]: AttributeValue | undefined }> = (writer, members) =>
    writeObject(writer, members, encodeMemberName, (inner, value) =>
      value === undefined ? true : writeValue(inner, value),
    );
  expect(written(write, { a: undefined })).toBeUndefined();
});

test('a number as text is a string of its plain digits', () => {
  expect(written(writeNumberAsText, '1.50E+3')).toBe('"1500"');
});

test.each([undefined, 'five'])('%s as text of a number is not DynamoDB JSON', (text) => {
  expect(written(writeNumberAsText, text)).toBeUndefined();
});

const without =
  (names: readonly string[]): Write<Item> =>
  (writer, item) =>
    writeObject(
      writer,
      item,
      (name) => (names.includes(name) ? LEFT_OUT : encodeMemberName(name)),
      writeValue,
    );

const item: Item = { a: { N: '1' }, b: { N: '2' }, c: { N: '3' } };

test.each([
  [[], '{"a":1,"b":2,"c":3}'],
  [['a'], '{"b":2,"c":3}'],
  [['b'], '{"a":1,"c":3}'],
  [['c'], '{"a":1,"b":2}'],
  [['a', 'b', 'c'], '{}'],
])('without %j an object is %s', (left, json) => {
  expect(written(without(left), item)).toBe(json);
});

test('a member that is left out is not looked at', () => {
  expect(written(without(['x']), JSON.parse('{"x":{"X":1}}'))).toBe('{}');
});
