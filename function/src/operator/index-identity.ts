import { type Answer, refusalIn } from '../core/answer.ts';
import type { ReadAnswer } from '../core/held-document.ts';
import { at, parseObject } from '../core/json-value.ts';
import type { Request } from '../opensearch/connection.ts';
import { type IndexEntry, writeIndexAmong } from './write-index.ts';

/** Which index is written under a name: another one has another `uuid`, whatever its name. */
export type IndexIdentity =
  | {
      readonly kind: 'index';
      readonly uuid: string;
      /** How long it remembers deletions, such as `60s`, where its settings say so. */
      readonly gcDeletes: string | undefined;
      /** Whether the name is an alias that shows only some of its documents. */
      readonly isFiltered: boolean;
    }
  | { readonly kind: 'absent' }
  /** OpenSearch does not say: without the right to see settings, or where there are none. */
  | { readonly kind: 'untold' };

/** The request whose answer tells. */
export const identityRequest = (index: string): Request => ({
  method: 'GET',
  path: `/${encodeURIComponent(index)}`,
});

/** Reads the answer; what may pass is refused. */
export const readIdentity = (answer: Answer, index: string): ReadAnswer<IndexIdentity> => {
  const refusal = refusalIn(answer);
  if (answer.kind === 'unanswered' || answer.status === 429 || answer.status >= 500)
    return { kind: 'refused', refusal };
  if (answer.status === 404) return { kind: 'read', value: { kind: 'absent' } };
  if (answer.status >= 300) return { kind: 'read', value: UNTOLD };
  const found = parseObject(answer.body);
  if (found === undefined) return { kind: 'refused', refusal };
  return { kind: 'read', value: identityOf(writeIndexAmong(index, Object.entries(found)), index) };
};

const UNTOLD: IndexIdentity = { kind: 'untold' };

const identityOf = (entry: IndexEntry | undefined, index: string): IndexIdentity => {
  const described = entry?.[1];
  const settings = at(described, 'settings', 'index');
  const uuid = at(settings, 'uuid');
  if (typeof uuid !== 'string') return UNTOLD;
  const gcDeletes = at(settings, 'gc_deletes');
  return {
    kind: 'index',
    uuid,
    gcDeletes: typeof gcDeletes === 'string' ? gcDeletes : undefined,
    isFiltered: at(described, 'aliases', index, 'filter') !== undefined,
  };
};
