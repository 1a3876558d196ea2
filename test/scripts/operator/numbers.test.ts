import { expect, test } from 'vitest';
import { positiveNumber, wholeNumber } from '../../../scripts/operator/numbers.ts';

test('numbers are taken up to their limit', () => {
  expect(positiveNumber()('0.5')).toBe(0.5);
  expect(positiveNumber({ upTo: 100 })('100')).toBe(100);
  expect(wholeNumber({ upTo: 64 })('64')).toBe(64);
});

test.each(['', ' ', '0', '-1', 'many', 'Infinity', '1e400'])('"%s" is none', (text) => {
  expect(() => positiveNumber()(text)).toThrow(/^must be a number above 0$/);
  expect(() => positiveNumber({ upTo: 3600 })(text)).toThrow(
    /^must be a number above 0, up to 3,600$/,
  );
  expect(() => wholeNumber({ upTo: 64 })(text)).toThrow(/^must be a whole number from 1 to 64$/);
});

test('nor is what is beyond, or broken where it must be whole', () => {
  expect(() => positiveNumber({ upTo: 100 })('100.1')).toThrow('up to 100');
  expect(() => wholeNumber({ upTo: 1_000_000 })('1000001')).toThrow('from 1 to 1,000,000');
  expect(() => wholeNumber({ upTo: 64 })('1.5')).toThrow('must be a whole number');
});
