import { createHash } from 'node:crypto';
import type { AttributeValue, Item } from '../../function/src/core/attribute-value.ts';
import type { KeyType, TableShape } from './history.ts';

/** A key as somebody writes it, as DynamoDB keeps it, and the id that the contract gives its document. */
export type Key = { readonly spelled: Item; readonly stored: Item; readonly id: string };

/** How many keys a table has. */
export const KEYS = 6;

/** Names of the key attributes. */
export const KEY_NAMES = ['pk', 'sk'] as const;

/** The key with that number, from 0 to {@link KEYS} − 1, of a table with keys of such types. */
export const keyOf = (number: number, [partitionType, sortType]: TableShape['keyTypes']): Key => {
  const [pk, sk] = KEY_NAMES;
  if (sortType === undefined) {
    const value = keyValue(partitionType, number);
    return {
      spelled: { [pk]: attribute(partitionType, value.spelled) },
      stored: { [pk]: attribute(partitionType, value.stored) },
      id: storable(value.stored),
    };
  }
  const partition = keyValue(partitionType, number % 2);
  const sort = keyValue(sortType, Math.floor(number / 2));
  return {
    spelled: {
      [pk]: attribute(partitionType, partition.spelled),
      [sk]: attribute(sortType, sort.spelled),
    },
    stored: {
      [pk]: attribute(partitionType, partition.stored),
      [sk]: attribute(sortType, sort.stored),
    },
    id: storable(`${partition.stored.replace(/[\\|]/g, '\\$&')}|${sort.stored}`),
  };
};

type Value = { readonly spelled: string; readonly stored: string };

const as = (stored: string, spelled = stored): Value => ({ spelled, stored });

// Each stands for a rule of the contract's §8; the first ones are those that tables with two keys have most of.
const VALUES: Readonly<Record<KeyType, readonly Value[]>> = {
  S: [as('a|b\\'), as('k'), as('sha256:x'), as('ключ 😀'), as('x'.repeat(600)), as('__proto__')],
  N: [
    as('1', '1.0'),
    as('-0.5'),
    as('12345678901234567890123456789012345678'),
    as('100', '1E+2'),
    as('0'),
    as('0.001', '1e-3'),
  ],
  B: [
    as('/w=='),
    as('AA=='),
    as('AAA='),
    as('q83v'),
    as('/////w=='),
    as(Buffer.alloc(600).toString('base64')),
  ],
};

const keyValue = (type: KeyType, number: number): Value => VALUES[type][number] ?? as('');

const attribute = (type: KeyType, text: string): AttributeValue => ({ [type]: text });

const storable = (id: string): string =>
  id.startsWith('sha256:') || Buffer.byteLength(id) > 512
    ? `sha256:${createHash('sha256').update(id).digest('hex')}`
    : id;
