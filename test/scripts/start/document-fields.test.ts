import { expect, test } from 'vitest';
import {
  canonicalJson,
  documentFields,
  parseExactly,
} from '../../../scripts/start/document-fields.ts';

const canonical = (text: string): string => canonicalJson(parseExactly(text));

test('the order of members and the spelling of numbers make no difference', () => {
  expect(canonical('{"b":1.50,"a":[1e2,{"d":null,"c":"x"}]}')).toBe(
    canonical('{ "a": [100, {"c": "x", "d": null}], "b": 1.5 }'),
  );
});

test('the order of a list makes a difference', () => {
  expect(canonical('[1,2]')).not.toBe(canonical('[2,1]'));
});

test('digits that a float would lose are kept', () => {
  expect(canonical('12345678901234567890123456789012345678')).not.toBe(
    canonical('12345678901234567890123456789012345679'),
  );
});

test('a number, the text of the same digits and an object that looks like our own are three things', () => {
  expect(new Set(['1', '"1"', '{"text":"1"}'].map(canonical)).size).toBe(3);
});

test('a field named __proto__ is a field', () => {
  expect(documentFields(parseExactly('{"__proto__":{"a":1},"b":2}'))).toEqual(
    new Map([
      ['__proto__', '{"a":1}'],
      ['b', '2'],
    ]),
  );
});
