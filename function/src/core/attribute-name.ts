import type { Item } from './attribute-value.ts';

// What OpenSearch 2.19 and 3.8 refuse at the top of a document as "a metadata field" (measured).
const METADATA = new Set([
  '_id',
  '_index',
  '_source',
  '_routing',
  '_field_names',
  '_ignored',
  '_nested_path',
  '_seq_no',
  '_primary_term',
  '_version',
  '_doc_count',
]);

/**
 * The name of a top-level attribute in its document: names that OpenSearch keeps for itself get one
 * more underscore, and so do names that already read like that, so that no two collide.
 */
export const fieldName = (name: string): string =>
  METADATA.has(name.replace(/^_+/, '_')) ? `_${name}` : name;

// The list of the original, its spelling included. `uid`, which it also named, has no underscore to double.
const RESERVED_BY_BFANSPORTS = new Set([
  '_id',
  '_type',
  '_source',
  '_all',
  '_parent',
  '_fieldnames',
  '_routing',
  '_index',
  '_size',
  '_timestamp',
  '_ttl',
]);

/**
 * The name of an attribute, at any depth, as the original wrote it. Where that would overwrite a
 * sibling (`_id` beside `__id`), the sibling moves on by one underscore instead of being lost.
 */
export const bfansportsFieldName = (siblings: Item, name: string): string =>
  isTaken(siblings, name) ? `_${name}` : name;

const isTaken = (siblings: Item, name: string): boolean =>
  RESERVED_BY_BFANSPORTS.has(name) ||
  (name.startsWith('__') &&
    Object.hasOwn(siblings, name.slice(1)) &&
    isTaken(siblings, name.slice(1)));
