import type { Item } from '../../function/src/core/attribute-value.ts';
import { parseExactly } from '../support/exact-json.ts';
import { exactReference } from '../support/reference-document.ts';
import type { Content } from './step.ts';

/** Mappings under which an item with a text for its `object` is refused. */
export const MAPPINGS = { properties: { object: { type: 'object' } } };

/** The condition of a table that has one. */
export const WHERE = { status: ['open'] };

/** The attributes of an item besides its key; no two versions of it have the same number. */
export const attributesOf = (content: Content, version: number): Item => ({
  version: { N: String(version) },
  status: { S: content.isOpen ? 'open' : 'closed' },
  object: content.poison === 'conflict' ? { S: 'no object' } : { M: { inner: { BOOL: true } } },
  text: { S: content.text },
  number: { N: content.number },
  list: { L: [{ S: content.text }, { N: content.number }, { NULL: true }] },
  numbers: { NS: ['12345678901234567890123456789012345678', '1.5'] },
  _id: { B: 'AP8=' },
  ...(content.poison === 'name' && { 'no..path': { NULL: true } }),
});

/** Whether OpenSearch will never take an item. */
export const isPoison = (item: Item): boolean =>
  item['object']?.S !== undefined || item['no..path'] !== undefined;

/** Whether an item is to have a document, in a table with that condition or none. */
export const isWanted = (item: Item, hasWhere: boolean): boolean =>
  !hasWhere || item['status']?.S === 'open';

/** The document that an item is to have, parsed with every digit. */
export const documentOf = (item: Item): unknown => parseExactly(exactReference(item));
