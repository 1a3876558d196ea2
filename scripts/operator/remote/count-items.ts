import { describeTable } from '../../../function/src/aws/table-description.ts';

/** How many items tables have together, as DynamoDB counted them last; undefined where it does not tell us, which is no matter. */
export const countItems = async (tables: readonly string[]): Promise<number | undefined> => {
  const counts = tables.map(async (table) => (await describeTable(table)).itemCount);
  const all = await Promise.all(counts).catch(() => undefined);
  return all?.reduce((sum, count) => sum + count, 0);
};
