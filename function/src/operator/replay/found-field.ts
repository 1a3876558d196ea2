import { fieldName } from '../../core/attribute-name.ts';
import type { AttributeValue, Item } from '../../core/attribute-value.ts';

/** What an attribute holds, in words for people. */
export type ValueKind = 'text' | 'number' | 'boolean' | 'null' | 'binary' | 'map' | 'list' | 'set';

/** Where in an item the value of a document's field comes from. */
export type FoundField = {
  /** The top-level attribute that it is, or is in. */
  readonly attribute: string;
  readonly kind: ValueKind | undefined;
};

/**
 * Finds what a document has under a path of OpenSearch's, such as `lines.price`; within lists the first
 * that there is. Names may hold dots themselves.
 */
export const findField = (item: Item, path: string): FoundField | undefined => {
  for (const [attribute, value] of Object.entries(item)) {
    for (const field of new Set([fieldName(attribute), attribute])) {
      const found = valueAt(value, field, path);
      if (found !== undefined) return { attribute, kind: kindOf(found) };
    }
  }
  return undefined;
};

/** What is found under a path by who is at a value with that name. */
const valueAt = (value: AttributeValue, name: string, path: string): AttributeValue | undefined => {
  if (name === path) return value;
  return path.startsWith(`${name}.`) ? valueBelow(value, path.slice(name.length + 1)) : undefined;
};

const valueBelow = (value: AttributeValue, path: string): AttributeValue | undefined => {
  const { M: map, L: list } = Object(value);
  const below = Array.isArray(list)
    ? list.map((element) => valueBelow(element, path))
    : entriesOf(map).map(([name, member]) => valueAt(member, name, path));
  return below.find((found) => found !== undefined);
};

const KINDS: { readonly [descriptor: string]: ValueKind } = {
  S: 'text',
  N: 'number',
  BOOL: 'boolean',
  NULL: 'null',
  B: 'binary',
  M: 'map',
  L: 'list',
  SS: 'set',
  NS: 'set',
  BS: 'set',
};

const kindOf = (value: AttributeValue): ValueKind | undefined => {
  const [descriptor = ''] = Object.keys(Object(value));
  return Object.hasOwn(KINDS, descriptor) ? KINDS[descriptor] : undefined;
};

/** Path of an attribute whose name OpenSearch cannot hold: without a letter before, or between, its dots. */
export const findImpossibleName = (item: Item): FoundField | undefined => {
  for (const [attribute, value] of Object.entries(item)) {
    if (isImpossible(attribute) || hasImpossibleName(value))
      return { attribute, kind: kindOf(value) };
  }
  return undefined;
};

const isImpossible = (name: string): boolean => name === '' || /^\.|\.\./.test(name);

const hasImpossibleName = (value: AttributeValue): boolean => {
  const { M: map, L: list } = Object(value);
  if (Array.isArray(list)) return list.some(hasImpossibleName);
  return entriesOf(map).some(([name, member]) => isImpossible(name) || hasImpossibleName(member));
};

/** How many levels of maps an item has below its attributes. */
export const depthOf = (item: Item): number =>
  Math.max(0, ...Object.values(item).map((value) => levelsOf(value)));

const levelsOf = (value: AttributeValue): number => {
  const { M: map, L: list } = Object(value);
  if (Array.isArray(list)) return Math.max(0, ...list.map(levelsOf));
  const members = entriesOf(map);
  return members.length === 0 ? 0 : 1 + Math.max(...members.map(([, member]) => levelsOf(member)));
};

const entriesOf = (map: unknown): readonly (readonly [string, AttributeValue])[] =>
  typeof map === 'object' && map !== null ? Object.entries(map) : [];
