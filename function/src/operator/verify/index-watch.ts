import type { Table } from '../../core/table.ts';
import { identityRequest, readIdentity } from '../index-identity.ts';
import { type Asking, askOpenSearch } from './ask-open-search.ts';

/** Sees whether the table's index is still the one that it was at first; false when OpenSearch does not tell. @throws Error when it is not */
export type IndexWatch = () => Promise<boolean>;

/**
 * Watches a table's index: what was found in one that is gone, or that was replaced meanwhile, says
 * nothing about the one of now. An index that does not exist yet may still come.
 */
export const watchIndex = (
  { index }: Table,
  tools: Asking,
  seen?: string, // its uuid, where it was seen before
): IndexWatch => {
  let first = seen;
  return async () => {
    const identity = await askOpenSearch(
      {
        action: `tell which index ${index} is`,
        request: identityRequest(index),
        read: (answer) => readIdentity(answer, index),
      },
      tools,
    );
    if (identity.kind === 'untold') return false;
    if (identity.kind === 'index' && identity.isFiltered)
      throw new Error(
        `${index} is an alias with a filter, which hides documents: let it name the whole index`,
      );
    const uuid = identity.kind === 'index' ? identity.uuid : undefined;
    first ??= uuid;
    if (uuid === first) return true;
    const change = uuid === undefined ? 'deleted' : 'replaced by another';
    throw new Error(
      `Whether they are equal could not be told: the index ${index} was ${change} meanwhile. Verify again`,
    );
  };
};
