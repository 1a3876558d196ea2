import { setTimeout as sleep } from 'node:timers/promises';
import type { Item } from '../../../function/src/core/attribute-value.ts';
import type { DynamoDB } from '../../../scripts/start/dynamodb.ts';

/** An item of the one table; its id is `<customer>|<order>`. */
export const itemOf = (customer: string, order: number): Item => ({
  ...keyOf(customer, order),
  total: { N: `${order}.10` },
  text: { S: 'x'.repeat(200) },
});

const keyOf = (customer: string, order: number): Item => ({
  customer: { S: customer },
  order: { N: String(order) },
});

const BATCH_ITEMS = 25;

/** Fills a table with so many items of the customer `kept`, whom nobody changes. */
export const fill = async (
  { writeBatch }: DynamoDB,
  table: string,
  items: number,
): Promise<void> => {
  for (let start = 0; start < items; start += BATCH_ITEMS) {
    const batch = Array.from({ length: BATCH_ITEMS }, (_, offset) =>
      itemOf('kept', start + offset),
    );
    await writeBatch(table, batch);
  }
};

/** Somebody who writes to a table all the while. */
export type Writer = { readonly stop: () => Promise<void> };

/** Changes, deletes and brings back items of the customer `changing`, until it is stopped. */
export const changeAllTheWhile = (dynamodb: DynamoDB, table: string): Writer => {
  let isStopped = false;
  const change = async () => {
    for (let changes = 0; !isStopped; changes++) {
      const order = Math.floor(Math.random() * 50);
      const item = { ...itemOf('changing', order), changes: { N: String(changes) } };
      if (Math.random() < 0.3) await dynamodb.delete(table, keyOf('changing', order));
      else await dynamodb.put(table, item);
      await sleep(20);
    }
  };
  const stopped = change();
  return {
    stop: () => {
      isStopped = true;
      return stopped;
    },
  };
};
