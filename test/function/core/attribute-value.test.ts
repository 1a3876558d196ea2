import { expect, test } from 'vitest';
import { attribute } from '../../../function/src/core/attribute-value.ts';

test('an attribute is found by its name', () => {
  expect(attribute({ a: { S: 'x' } }, 'a')).toEqual({ S: 'x' });
});

test.each(['__proto__', 'constructor', 'toString'])(
  '%s is no attribute of an item without it',
  (name) => {
    expect(attribute({ a: { S: 'x' } }, name)).toBeUndefined();
  },
);

test('__proto__ is found where an item has it', () => {
  expect(attribute(JSON.parse('{"__proto__":{"S":"x"}}'), '__proto__')).toEqual({ S: 'x' });
});
