import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainDecimal, pythonNumber } from '../../../function/src/core/decimal.ts';
import { decimals, looseSpellings, plain } from '../../support/arbitraries.ts';
import { runPython } from '../../support/python.ts';

test('a number reads the same however it was spelled', () => {
  const spelled = decimals.chain((decimal) =>
    fc.record({ decimal: fc.constant(decimal), text: looseSpellings(decimal) }),
  );
  fc.assert(
    fc.property(spelled, ({ decimal, text }) => {
      expect(plainDecimal(text)).toBe(plain(decimal));
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['8.6067E+5', '860670'],
  ['1E-7', '0.0000001'],
  ['1e3', '1000'],
  ['12.5e1', '125'],
  ['125e-1', '12.5'],
  ['+7', '7'],
  ['007', '7'],
  ['-07.50', '-7.5'],
  ['.5', '0.5'],
  ['5.', '5'],
  ['0.0', '0'],
  ['-0', '0'],
  ['-0.00E+9', '0'],
  ['0e300', '0'],
  ['-0.5', '-0.5'],
  ['100', '100'],
])('%s is written %s', (text, expected) => {
  expect(plainDecimal(text)).toBe(expected);
});

test('38 digits stay 38 digits', () => {
  const digits = '12345678901234567890123456789012345678';
  expect(plainDecimal(digits)).toBe(digits);
});

test.each([
  '',
  '.',
  '+',
  '-',
  'e5',
  '.e5',
  '1e',
  '1e5.5',
  '--1',
  '1-',
  '1,5',
  '0x10',
  ' 1',
  '1\n',
  'NaN',
  'Infinity',
  '१',
])('"%s" is no number', (text) => {
  expect(plainDecimal(text)).toBeUndefined();
});

test.each(['1e301', '1e-301', '1E+999999999999'])(
  '%s, far beyond what DynamoDB holds, is not expanded',
  (text) => {
    expect(plainDecimal(text)).toBeUndefined();
  },
);

test.each([
  ['7', '7'],
  ['12345678901234567890123456789012345678', '12345678901234567890123456789012345678'],
  ['1.5', '1.5'],
  ['-0.25', '-0.25'],
  ['0.0001', '0.0001'],
  ['0.00001', '1e-05'],
  ['-0.00000015', '-1.5e-07'],
  ['0.00000000001', '1e-11'],
])('%s is printed %s as the original did', (canonical, printed) => {
  expect(pythonNumber(canonical)).toBe(printed);
});

test.each(['0.1234567890123456789', '12345678901234567.5', '1.00000000000000000001'])(
  '%s, whose digits a float would lose, is not printed as a float',
  (canonical) => {
    expect(pythonNumber(canonical)).toBe(canonical);
  },
);

// The original: int(text), else float(text), then str(). Where that changes the number, all its digits are expected.
const ORIGINAL = `
import sys
from decimal import Decimal
def int_or_float(text):
    try: return int(text)
    except ValueError: return float(text)
for text in sys.stdin.read().split():
    printed = str(int_or_float(text))
    print(printed if Decimal(printed) == Decimal(text) else text)
`;

test('numbers are printed as a real Python prints them', () => {
  const fractions = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => `${value}`);
  const canonical = fc
    .sample(fc.oneof(decimals.map(plain), fractions), 20_000)
    .flatMap((text) => plainDecimal(text) ?? []);
  const printed = runPython(ORIGINAL, canonical.join('\n')).trim().split('\n');
  expect(canonical.map(pythonNumber)).toEqual(printed);
});

test('no two numbers are printed alike', () => {
  fc.assert(
    fc.property(decimals, (decimal) => {
      expect(plainDecimal(pythonNumber(plain(decimal)))).toBe(plain(decimal));
    }),
    { numRuns: 1000 },
  );
});

test('a machine without Python is told what it lacks', () => {
  expect(() => runPython('', '', 'python-that-is-nowhere')).toThrow('Install Python 3');
});

test('a row of zeros is read in the time of its length', () => {
  const zeros = '0'.repeat(400_000); // as many as an item can have; once it took minutes
  expect(plainDecimal(`+0.${zeros}1`)).toBe(`0.${zeros}1`);
});
