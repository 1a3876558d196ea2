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

/** What is to be said where nobody knows whether it is the index of the beginning, and fewer documents are listed than were found. */
export const fewerDocuments = ({ index }: Pick<Table, 'index'>): string =>
  // in the same index, their items were deleted meanwhile
  `Whether they are equal could not be told: fewer documents of ${index} were listed than were found, and without the right to GET /${index}, or where it came only meanwhile, nobody knows whether it was replaced. Verify again, best with that right`;
