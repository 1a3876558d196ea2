import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { checkTable } from '../../../../function/src/operator/doctor/table.ts';
import { createTable, type TableParts } from '../../../support/aws-account.ts';
import { aTable } from '../../../support/records.ts';
import { sharedServer } from '../../../support/shared-server.ts';

// What moto, on which the other tests run, cannot vouch for: another DynamoDB.
let url: string;

beforeAll(async () => {
  url = await sharedServer('dynamodb-local');
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: url,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: 'eu-west-1',
  });
});

const KEYS = [
  { name: 'pk', type: 'S' },
  { name: 'sk', type: 'N' },
] as const;

/** What is found of a table, a line each. */
const findings = async (parts: Partial<TableParts> | undefined) => {
  const name = `doctor-${randomUUID()}`;
  if (parts !== undefined) await createTable(url, { name, keys: KEYS, ...parts });
  const [partitionKey, sortKey] = KEYS;
  const { checks } = await checkTable(aTable({ name, partitionKey, sortKey }));
  return checks.map((check) => `${check.status} ${check.name}: ${check.finding}`);
};

test('a table with its keys and a stream has nothing wrong', async () => {
  expect(await findings({})).toEqual([
    'ok exists: about 0 items by DynamoDB’s last count',
    'ok keys: pk (S), sk (N)',
    'ok items: can be read',
    'ok stream: on',
    'ok view type: NEW_AND_OLD_IMAGES',
  ]);
});

test('no stream, one without images, other keys, and no table at all are found', async () => {
  expect(await findings({ viewType: 'none' })).toContainEqual(
    expect.stringContaining('wrong stream: '),
  );
  expect(await findings({ viewType: 'KEYS_ONLY' })).toContainEqual(
    expect.stringContaining('warning view type: KEYS_ONLY'),
  );
  expect(await findings({ keys: [{ name: 'pk', type: 'S' }] })).toContain(
    'wrong keys: the table has pk (S), the parameter says pk (S), sk (N)',
  );
  expect(await findings(undefined)).toEqual([
    'wrong exists: there is no such table in this account and region',
  ]);
});
