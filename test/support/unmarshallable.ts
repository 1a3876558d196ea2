import fc from 'fast-check';
import type { AttributeValue, Item } from '../../function/src/core/attribute-value.ts';
import { decimals, jsonSpellings, texts } from './arbitraries.ts';

/*
 * Items that `unmarshall` of the AWS SDK converts exactly, with numbers wrapped: it loses `__proto__`,
 * and it knows neither our lists of several kinds nor our names of metadata.
 */

const plainNames = fc
  .oneof(texts, fc.constantFrom('constructor', 'toString', '0'))
  .filter((name) => !/^__proto__$|^_/.test(name));

const numberTexts = decimals.chain(jsonSpellings);

const ofOneKind = <Value extends AttributeValue>(value: fc.Arbitrary<Value>) =>
  fc.record({ L: fc.array(value, { maxLength: 4 }) });

const setOf = (text: fc.Arbitrary<string>) => fc.uniqueArray(text, { minLength: 1, maxLength: 4 });

const { value: plainValues } = fc.letrec<{ value: AttributeValue; map: AttributeValue }>((tie) => ({
  map: fc.record({ M: fc.dictionary(plainNames, tie('value'), { maxKeys: 4 }) }),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ S: texts }),
    fc.record({ N: numberTexts }),
    fc.record({ BOOL: fc.boolean() }),
    fc.constant({ NULL: true }),
    fc.record({ SS: setOf(texts) }),
    fc.record({ NS: setOf(numberTexts) }),
    ofOneKind(fc.record({ N: numberTexts })),
    ofOneKind(fc.record({ S: texts })),
    ofOneKind(tie('map')),
    ofOneKind(ofOneKind(fc.record({ BOOL: fc.boolean() }))),
    tie('map'),
  ),
}));

/** Whole items; binary, whose SDK type is bytes, is left to other tests. */
export const unmarshallableItems: fc.Arbitrary<Item> = fc.dictionary(plainNames, plainValues, {
  maxKeys: 6,
});
