import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Item } from '../../../../function/src/core/attribute-value.ts';
import { documentId } from '../../../../function/src/core/document-id.ts';
import { isIndexed } from '../../../../function/src/core/where.ts';
import {
  type BackfillOptions,
  type BackfillTools,
  backfill,
} from '../../../../function/src/operator/backfill/backfill.ts';
import { newCounts } from '../../../../function/src/operator/backfill/counts.ts';
import { beginning } from '../../../../function/src/operator/backfill/position.ts';
import { rateOf } from '../../../../function/src/operator/backfill/rate.ts';
import { widthOf } from '../../../../function/src/operator/backfill/width.ts';
import { askDynamoDB } from '../../../support/ask-dynamodb.ts';
import { parseExactly } from '../../../support/exact-json.ts';
import type { OperatorStage } from '../../../support/operator-stage.ts';
import { bfansportsReference, exactReference } from '../../../support/reference-document.ts';

/** How a test has a table backfilled, where it is not the usual. */
export type BackfillParts = Partial<BackfillTools> &
  Partial<BackfillOptions> & { readonly suffix?: string };

const WORKERS = 4;

/** Backfills a table of the stage in this process; whether it is done, and what it came to. */
export const backfilled = async (stage: OperatorStage, parts: BackfillParts = {}) => {
  const { suffix, workers = WORKERS, ...given } = parts;
  const hindrances: (string | undefined)[] = [];
  const tools: BackfillTools = {
    ...stage.environment,
    position: beginning(WORKERS),
    counts: newCounts(),
    rate: rateOf(undefined),
    width: widthOf(workers),
    onHindrance: (hindrance) => hindrances.push(hindrance),
    signal: new AbortController().signal,
    ...given,
  };
  const options = { table: stage.table(suffix), streamArn: undefined, workers, ...given };
  const isDone = await backfill(options, tools);
  return { isDone, ...tools, hindrances };
};

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

/** Compares every item with its document, and looks for documents without an item. */
export const expectIndexToEqualTable = async (
  stage: OperatorStage,
  { suffix, except = [] }: { readonly suffix?: string; readonly except?: readonly string[] } = {},
): Promise<void> => {
  const table = stage.table(suffix);
  const reference = table.profile === 'exact' ? exactReference : bfansportsReference;
  const items = (await stage.items(suffix)).filter((item) => isIndexed(item, table));
  const expected = items.map((item): [string, unknown] => [
    documentId(item, table) ?? '',
    parseExactly(reference(item)),
  ]);
  const documents = [...(await stage.documents(table.index))];
  const actual = documents.map(([id, { source }]): [string, unknown] => [id, source]);
  const withoutExceptions = (all: readonly [string, unknown][]) =>
    Object.fromEntries(all.filter(([id]) => !except.includes(id)));
  expect(withoutExceptions(actual)).toEqual(withoutExceptions(expected));
};

/** Somebody who writes to a table all the while. */
export type Writer = { readonly stop: () => Promise<void>; readonly writes: () => number };

/** Changes, deletes and brings back the items with these keys, in any order, until it is stopped. */
export const hammer = (stage: OperatorStage, keys: readonly string[], suffix?: string): Writer => {
  let isStopped = false;
  let writes = 0;
  const hammerOn = async () => {
    while (!isStopped) {
      const key = keys[Math.floor(Math.random() * keys.length)] ?? '';
      const change = { N: String(++writes) };
      if (Math.random() < 0.3) await stage.deleteItem({ pk: { S: key } }, suffix);
      else await stage.putItem({ pk: { S: key }, change }, suffix);
      await sleep(2);
    }
  };
  const ended = hammerOn();
  return {
    writes: () => writes,
    stop: () => {
      isStopped = true;
      return ended;
    },
  };
};
