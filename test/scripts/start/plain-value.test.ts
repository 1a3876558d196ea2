import { expect, test } from 'vitest';
import { attributes, attributeValue } from '../../../scripts/start/plain-value.ts';

test('every kind of plain value becomes the attribute value of its type', () => {
  expect(
    attributes({
      text: '',
      number: -1.5,
      yes: true,
      nothing: null,
      bytes: Uint8Array.of(1, 2, 3),
      set: new Set(['a', 'b']),
      list: [1, 'a'],
      map: { inner: [] },
    }),
  ).toEqual({
    text: { S: '' },
    number: { N: '-1.5' },
    yes: { BOOL: true },
    nothing: { NULL: true },
    bytes: { B: 'AQID' },
    set: { SS: ['a', 'b'] },
    list: { L: [{ N: '1' }, { S: 'a' }] },
    map: { M: { inner: { L: [] } } },
  });
});

test('a Buffer is binary, not a list of numbers', () => {
  expect(attributeValue(Buffer.from('abc'))).toEqual({ B: 'YWJj' });
});
