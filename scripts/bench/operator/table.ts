import { connectDynamoDB } from '../../start/dynamodb.ts';
import { KEYS, newItem } from '../item.ts';
import { seededRandom, times } from '../random.ts';

const ITEMS_PER_REQUEST = 25; // DynamoDB takes no more
const REQUESTS_AT_ONCE = 4;

/** Makes a table with that many items of 0.4 KB, none like another. */
export const fillTable = async (url: string, name: string, items: number): Promise<void> => {
  const dynamodb = connectDynamoDB(url);
  await dynamodb.createTableWithoutStream(name, KEYS);
  const random = seededRandom(items);
  let written = 0; // and so the number of the next item
  const writeNext = async (): Promise<void> => {
    while (written < items) {
      const first = written;
      written = Math.min(items, first + ITEMS_PER_REQUEST);
      const batch = times(written - first, (at) => newItem(random, first + at, 'small'));
      await dynamodb.writeBatch(name, batch);
    }
  };
  await Promise.all(times(REQUESTS_AT_ONCE, writeNext));
};
