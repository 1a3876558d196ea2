import { hash } from 'node:crypto';
import { attribute, type Item } from './attribute-value.ts';
import { plainDecimal, pythonNumber } from './decimal.ts';
import type { KeyAttribute, Profile, Table } from './table.ts';

const LONGEST_ID_BYTES = 512; // OpenSearch refuses the whole request over one longer id
/** What ids begin with that are hashes of others. */
export const HASHED = 'sha256:';

/**
 * The document id of an item, from its key attributes (contract §8). Undefined when a key attribute
 * is missing or of another type than the table's.
 *
 * @example documentId({ customer: { S: 'a|b' }, order: { N: '7' } }, orders) // 'a\\|b|7'
 */
export const documentId = (item: Item, table: Table): string | undefined => {
  const partition = keyText(item, table.partitionKey, table.profile);
  if (partition === undefined) return undefined;
  if (table.sortKey === undefined) return storable(partition, table.profile);
  const sort = keyText(item, table.sortKey, table.profile);
  if (sort === undefined) return undefined;
  const escaped = table.profile === 'exact' ? withEscapes(partition) : partition;
  return storable(`${escaped}|${sort}`, table.profile);
};

/** Backslashes doubled, and a backslash before each bar; nearly no partition value has either. */
const withEscapes = (text: string): string =>
  text.includes('|') || text.includes('\\') ? text.replace(/[\\|]/g, '\\$&') : text;

const keyText = (item: Item, key: KeyAttribute, profile: Profile): string | undefined => {
  const text = attribute(item, key.name)?.[key.type];
  if (typeof text !== 'string') return undefined;
  switch (key.type) {
    case 'S':
      return text;
    case 'B':
      return Buffer.from(text, 'base64').toString('base64');
    case 'N': {
      const decimal = plainDecimal(text);
      return decimal !== undefined && profile === 'bfansports' ? pythonNumber(decimal) : decimal;
    }
  }
};

/**
 * An id that OpenSearch can keep. Text that is no Unicode (a lone surrogate, which DynamoDB itself
 * never holds) would be changed on its way into the index and collide there: it is hashed as well,
 * as UTF-16 behind U+FFFF, whose bytes FF no UTF-8 has, so that it shares its hash with no other id.
 */
const storable = (id: string, profile: Profile): string => {
  if (!id.isWellFormed()) return HASHED + hash('sha256', Buffer.from(`\uffff${id}`, 'utf16le'));
  const looksHashed = profile === 'exact' && id.startsWith(HASHED);
  return looksHashed || isTooLong(id) ? HASHED + hash('sha256', id) : id;
};

// A character takes three bytes at most, so that few ids need to be measured.
const isTooLong = (id: string): boolean =>
  id.length * 3 > LONGEST_ID_BYTES && Buffer.byteLength(id) > LONGEST_ID_BYTES;
