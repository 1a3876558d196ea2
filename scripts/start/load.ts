import type { DynamoDB } from './dynamodb.ts';
import type { SampleTable } from './sample-table.ts';

const batchSize = 25; // BatchWriteItem takes no more
const writers = 4;

/** Writes all items of a table, several batches at a time. */
export const load = async (
  dynamodb: Pick<DynamoDB, 'writeBatch'>,
  { name, items }: SampleTable,
): Promise<void> => {
  let next = 0;
  const write = async () => {
    while (next < items.length) {
      const batch = items.slice(next, next + batchSize);
      next += batchSize;
      await dynamodb.writeBatch(name, batch);
    }
  };
  await Promise.all(Array.from({ length: writers }, write));
};
