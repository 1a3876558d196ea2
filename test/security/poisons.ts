import type { AttributeValue, Item } from '../../function/src/core/attribute-value.ts';

/** An item that DynamoDB takes and that is meant to cost others more than it should. */
export type Poison = {
  readonly name: string;
  /** Its attributes besides the key, of about that many bytes. */
  readonly attributes: (bytes: number) => Item;
  /** What becomes of it in an index of ours when it is as large as DynamoDB lets it be. */
  readonly fate: 'written' | 'dead_lettered';
};

/** As many bytes as an item can have, with some left for its key. */
export const LARGEST_ITEM_BYTES = 390 * 1024;

const many = (count: number, attribute: (at: number) => readonly [string, AttributeValue]): Item =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => attribute(at)));

const members = (count: number, value: AttributeValue): AttributeValue => ({
  L: Array.from({ length: Math.floor(count) }, () => value),
});

const nested = (levels: number, inner: AttributeValue): AttributeValue =>
  levels === 0 ? inner : { M: { m: nested(levels - 1, inner) } };

const mixed = (levels: number): AttributeValue =>
  levels === 0 ? { S: 'x' } : { L: [{ N: '1' }, mixed(levels - 1)] };

/** The ordinary one, with which the others are compared: forty attributes of text. */
export const ordinary: Poison = {
  name: 'an ordinary item',
  attributes: (bytes) => many(40, (at) => [`a${at}`, { S: 'word '.repeat(bytes / 200) }]),
  fate: 'written',
};

/** The others. */
export const poisons: readonly Poison[] = [
  {
    name: 'one text',
    attributes: (bytes) => ({ text: { S: 'x'.repeat(bytes) } }),
    fate: 'written',
  },
  {
    name: 'a text of control characters, each six in JSON',
    attributes: (bytes) => ({ text: { S: '\u0001'.repeat(bytes) } }),
    fate: 'written',
  },
  {
    name: 'a list of many numbers',
    attributes: (bytes) => ({ list: members(bytes / 3, { N: '1' }) }),
    fate: 'written',
  },
  {
    name: 'attributes by the ten thousand',
    attributes: (bytes) => many(bytes / 39, (at) => [`attribute-${at}`, { BOOL: true }]),
    fate: 'dead_lettered',
  },
  {
    name: 'maps nested as deep as DynamoDB goes',
    attributes: (bytes) => ({ map: nested(31, { S: 'x'.repeat(bytes) }) }),
    fate: 'written',
  },
  {
    name: 'names of as many levels as they have characters',
    attributes: (bytes) => many(bytes / 2000, (at) => [`${at}${'.a'.repeat(1000)}`, { S: 'x' }]),
    fate: 'dead_lettered',
  },
  {
    name: 'one long name',
    attributes: (bytes) => ({ ['n'.repeat(Math.min(bytes, 64_000))]: { S: 'x' } }),
    fate: 'dead_lettered',
  },
  {
    name: 'mixed lists within mixed lists, whose text doubles with each level',
    attributes: (bytes) => many(bytes / 400, (at) => [`list-${at}`, mixed(16)]),
    fate: 'dead_lettered',
  },
];
