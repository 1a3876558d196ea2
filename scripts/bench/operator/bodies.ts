import { open } from 'node:fs/promises';
import { Agent } from 'node:http';
import type { Item } from '../../../function/src/core/attribute-value.ts';
import { keyOf } from '../../../function/src/core/item-key.ts';
import { JsonWriter } from '../../../function/src/core/json-writer.ts';
import { composeItem, type Operation } from '../../../function/src/core/operation.ts';
import { pageBody, pagesOf } from '../../../function/src/core/page.ts';
import type { Table } from '../../../function/src/core/table.ts';
import { versionAt } from '../../../function/src/core/version.ts';
import { momentNow } from '../../../function/src/moment.ts';
import { changeOf } from '../../../function/src/operator/known-item.ts';
import { scanPage } from './scan-page.ts';

const LIMITS = { bytes: 1024 * 1024, operations: Number.POSITIVE_INFINITY };

/** Writes the bodies of the bulk requests that load a table into a file, each behind its length. */
export const writeBodies = async (url: string, table: Table, path: string): Promise<void> => {
  const agent = new Agent({ keepAlive: true });
  const file = await open(path, 'w');
  for (let startKey: Item | undefined, isFirst = true; isFirst || startKey; isFirst = false) {
    const request = { TableName: table.name, ConsistentRead: true, ExclusiveStartKey: startKey };
    const answer = JSON.parse(await scanPage(url, request, agent));
    for (const page of pagesOf(operationsOf(answer.Items, table), LIMITS)) {
      const body = pageBody(page);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(body.length);
      await file.write(Buffer.concat([length, body]));
    }
    startKey = answer.LastEvaluatedKey;
  }
  await file.close();
};

const operationsOf = (items: readonly Item[], table: Table): readonly Operation[] => {
  const readTime = { seconds: Math.floor(Date.now() / 1000), at: momentNow() };
  const writer = new JsonWriter();
  return items.flatMap((item, position) => {
    const change = changeOf({ table, key: keyOf(item, table), item }, readTime, position);
    const version = versionAt(change.createdAtSeconds);
    const target = { table, id: change.id, version, changes: [change] };
    return composeItem(target, item, writer) ?? [];
  });
};
