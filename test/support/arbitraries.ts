import fc from 'fast-check';
import type { AttributeValue, Item } from '../../function/src/core/attribute-value.ts';

/** Any sequence of UTF-16 units: lone surrogates and control characters included. */
const anyUnits = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 })
  .map((units) => String.fromCharCode(...units));

/** Texts that have broken converters: escapes, line separators, halves of surrogate pairs. */
const nastyTexts = fc.constantFrom(
  '',
  '"',
  '\\',
  '\\"',
  '\u0000',
  '\u001f',
  '\u007f',
  'line1\nline2\r\n\u2028\u2029',
  '\ud800',
  'a\udc00b',
  '\udc00\ud800',
  '😀',
  '\ufeff',
  '\uffff',
  '</script>',
);

/** Any text that JavaScript can hold. */
export const texts = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), anyUnits, nastyTexts);

/** Texts that are Unicode, as DynamoDB's are. */
export const unicodeTexts = texts.map((text) => text.toWellFormed());

/** Names that mean something to JavaScript, to OpenSearch or to DynamoDB JSON. */
const nastyNames = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'toJSON',
  'length',
  '',
  '.',
  '.a',
  'a.',
  'a..b',
  'a.b',
  '0',
  '10',
  'S',
  'N',
  'M',
  'L',
);

/** Reserved names of either profile, and those that a renamed one could collide with. */
const reservedNames = fc
  .tuple(
    fc.integer({ min: 0, max: 4 }),
    fc.constantFrom(
      ...['id', 'index', 'source', 'routing', 'field_names', 'ignored', 'nested_path', 'seq_no'],
      ...['primary_term', 'version', 'doc_count', 'type', 'all', 'parent', 'fieldnames', 'size'],
      ...['timestamp', 'ttl', 'uid'],
    ),
  )
  .map(([underscores, word]) => '_'.repeat(underscores) + word);

/** Names of attributes. */
export const names = fc.oneof(nastyNames, reservedNames, texts);

/** A number of DynamoDB's: `coefficient` × 10^`exponent`, with 38 digits at most. */
export type Decimal = { readonly coefficient: bigint; readonly exponent: number };

/** All numbers of DynamoDB's, small everyday ones and those at its limits. */
export const decimals: fc.Arbitrary<Decimal> = fc.oneof(
  fc.record({
    coefficient: fc.bigInt({ min: -9999n, max: 9999n }),
    exponent: fc.integer({ min: -6, max: 6 }),
  }),
  fc.record({
    coefficient: fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }),
    exponent: fc.integer({ min: -130, max: 88 }),
  }),
);

/** The number without exponent and superfluous zeros, by arithmetic on whole numbers. */
export const plain = ({ coefficient, exponent }: Decimal): string => {
  if (coefficient === 0n) return '0';
  if (exponent >= 0) return `${coefficient * 10n ** BigInt(exponent)}`;
  if (coefficient % 10n === 0n)
    return plain({ coefficient: coefficient / 10n, exponent: exponent + 1 });
  const digits = `${coefficient < 0n ? -coefficient : coefficient}`.padStart(1 - exponent, '0');
  const sign = coefficient < 0n ? '-' : '';
  return `${sign}${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
};

/** The number in every legal JSON form: plain, with trailing zeros, with an exponent. */
export const jsonSpellings = (decimal: Decimal): fc.Arbitrary<string> => {
  const text = plain(decimal);
  const zeros = text.includes('.') ? '00' : '.00';
  const { coefficient, exponent } = decimal;
  return fc.constantFrom(text, `${text}${zeros}`, `${coefficient}E${exponent}`, `${text}e+0`);
};

/** The number as anyone may write it to DynamoDB: zeros and a plus in front, a bare point. */
export const looseSpellings = (decimal: Decimal): fc.Arbitrary<string> => {
  const text = plain(decimal);
  const padded = text.replace(/^-?/, '$&00');
  const signed = text.startsWith('-') ? text : `+${text}`;
  const pointed = text.includes('.') ? text.replace(/^(-?)0\./, '$1.') : `${text}.`;
  return fc.oneof(jsonSpellings(decimal), fc.constantFrom(padded, signed, pointed));
};

/** Numbers in legal JSON form. */
const numberTexts = decimals.chain(jsonSpellings);

const base64 = fc
  .uint8Array({ maxLength: 12 })
  .map((bytes) => Buffer.from(bytes).toString('base64'));

const oneOrMore = <Member>(member: fc.Arbitrary<Member>): fc.Arbitrary<Member[]> =>
  fc.uniqueArray(member, { minLength: 1, maxLength: 4 });

const scalars: fc.Arbitrary<AttributeValue>[] = [
  fc.record({ S: texts }),
  fc.record({ N: numberTexts }),
  fc.record({ B: base64 }),
  fc.record({ BOOL: fc.boolean() }),
  fc.constant({ NULL: true }),
];

const sets: fc.Arbitrary<AttributeValue>[] = [
  fc.record({ SS: oneOrMore(texts) }),
  fc.record({ NS: oneOrMore(numberTexts) }),
  fc.record({ BS: oneOrMore(base64) }),
];

/** Values of every type, nested up to a few levels; lists are mixed as often as not. */
export const values: fc.Arbitrary<AttributeValue> = fc.letrec<{ value: AttributeValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    ...scalars,
    ...sets,
    fc.record({ L: fc.array(tie('value'), { maxLength: 5 }) }),
    fc.record({ M: fc.dictionary(names, tie('value'), { maxKeys: 5 }) }),
  ),
})).value;

/** Whole items. */
export const items: fc.Arbitrary<Item> = fc.dictionary(names, values, { maxKeys: 8 });
