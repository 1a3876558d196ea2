import type { IdBalance } from '../../core/id-balance.ts';
import type { Table } from '../../core/table.ts';
import type { VerifyOptions } from './verification.ts';

/** Of which documents it is doubted that they have an item, once all ids have been weighed; undefined where of none. */
export const doubts = (
  balance: IdBalance,
  { samplePercent }: Pick<VerifyOptions, 'samplePercent'>,
): ((id: string) => boolean) | undefined => {
  if (samplePercent !== undefined) return () => Math.random() * 100 < samplePercent;
  return balance.isEven() ? undefined : (id) => balance.isUnevenAt(id);
};

/** What is to be said where OpenSearch does not tell which index it is, and lists fewer documents than were found. */
export const fewerDocuments = ({ index }: Pick<Table, 'index'>): string =>
  // in the same index, their items were deleted meanwhile
  `Whether they are equal could not be told: fewer documents of ${index} were listed than were found, and without the right to GET /${index} nobody knows whether it was replaced meanwhile. Verify again, best with that right`;
