import type { Item } from '../../function/src/core/attribute-value.ts';
import { askDynamoDB } from './ask-dynamodb.ts';
import type { OperatorStage } from './operator-stage.ts';

const BATCH_ITEMS = 25; // BatchWriteItem takes no more

/** Puts many items into a table. */
export const putItems = async (
  { dynamoDBUrl, table }: OperatorStage,
  items: readonly Item[],
  suffix?: string,
): Promise<void> => {
  for (let start = 0; start < items.length; start += BATCH_ITEMS) {
    const requests = items
      .slice(start, start + BATCH_ITEMS)
      .map((item) => ({ PutRequest: { Item: item } }));
    const request = { RequestItems: { [table(suffix).name]: requests } };
    await askDynamoDB(dynamoDBUrl, 'BatchWriteItem', request);
  }
};

/** So many items with the keys `item-0`, `item-1` …, each with some text. */
export const manyItems = (count: number, text = 'x'.repeat(400)): readonly Item[] =>
  Array.from({ length: count }, (_, number) => ({
    pk: { S: `item-${number}` },
    n: { N: `${number}.10` },
    text: { S: text },
  }));
