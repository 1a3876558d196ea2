import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { connectDynamoDB, type DynamoDB } from '../../../scripts/start/dynamodb.ts';
import { examineEquality } from '../../../scripts/start/equality.ts';
import { connectOpenSearch } from '../../../scripts/start/opensearch.ts';
import { askOpenSearch } from '../../support/ask-opensearch.ts';
import { REGION } from '../../support/aws-account.ts';
import { type AwsCall, isAllowed } from '../../support/policy-judge.ts';
import { statementsOf } from '../../support/role-statements.ts';
import { ended, redrive } from '../../support/state-machines.ts';
import { storedConfiguration } from '../../support/stored-configuration.ts';
import { callsOfFunction, callsOfStateMachine } from './asked-calls.ts';
import { type Operated, openOperated, PARAMETER, TABLE } from './operated.ts';
import { changeAllTheWhile, fill, itemOf, type Writer } from './orders.ts';
import { type Runs, runsOf } from './runs.ts';

const ITEMS = 800;

let operated: Operated;
let dynamodb: DynamoDB;
let runs: Runs;
let writer: Writer;

beforeAll(async () => {
  operated = await openOperated((url) => fill(connectDynamoDB(url), TABLE, ITEMS));
  dynamodb = connectDynamoDB(operated.dynamoDBUrl);
  runs = runsOf(operated);
  writer = changeAllTheWhile(dynamodb, TABLE);
});

afterAll(async () => {
  await writer?.stop();
  await operated?.stop();
});

const expectIndexToEqualTable = async (): Promise<void> => {
  await operated.sync.drained();
  const { tables } = await storedConfiguration(operated.account, PARAMETER);
  const table = tables.get(TABLE);
  if (table === undefined) throw new Error(`there is no ${TABLE} in the configuration`);
  const openSearch = connectOpenSearch(operated.domain.openSearchUrl);
  const { items, differences } = await examineEquality({ dynamodb, openSearch }, table);
  expect(differences.slice(0, 5)).toEqual([]);
  expect(items).toBeGreaterThanOrEqual(ITEMS);
};

const askIndex = (method: string, path: string, body?: object): Promise<unknown> =>
  askOpenSearch(`${operated.domain.openSearchUrl}/${TABLE.toLowerCase()}`, method, path, body);

const documentPath = (id: string): string => `/_doc/${encodeURIComponent(id)}?refresh=true`;

// Each finds what the one before it has left, while somebody changes the table.
test('a backfill that is killed, stopped and redriven brings every item into the index', async () => {
  const order = { command: 'backfill', segments: 4, concurrency: 2, rate: 200 } as const;
  const executionArn = await runs.start('backfill-1', order);
  const slices = (count: number) =>
    vi.waitUntil(async () => (await runs.slicesOf('backfill-1')) >= count, { timeout: 20_000 });
  await slices(2);
  await operated.operations.kill();
  await slices(4);
  await operated.account.stepFunctions.send(new StopExecutionCommand({ executionArn }));
  expect(await ended(operated.account, executionArn)).toMatchObject({ status: 'ABORTED' });
  const { verdict, counts } = await runs.outcomeOf(await redrive(operated.account, executionArn));
  expect(verdict).toBe('well');
  expect(counts).toMatchObject({ read: expect.toSatisfy((read) => read >= ITEMS), rejected: 0 });
  await expectIndexToEqualTable();
}, 60_000);

test('a verification finds what differs, and nothing else', async () => {
  await askIndex('DELETE', documentPath('kept|1'));
  await askIndex('PUT', documentPath('nobody|1'), { customer: 'nobody', order: 1 });
  await askIndex('PUT', documentPath('kept|2'), { customer: 'kept', order: 2, total: 'another' });
  const { verdict, counts } = await runs.run('verify-1', VERIFY);
  expect(verdict).toBe('something_left');
  expect(counts).toMatchObject({ missing: 1, extra: 1, stale: 1 });
  const differences = await runs.differencesOf('verify-1');
  expect(differences).toHaveLength(3);
  expect(differences).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: 'missing', id: 'kept|1' }),
      expect.objectContaining({ kind: 'extra', id: 'nobody|1' }),
      expect.objectContaining({ kind: 'stale', id: 'kept|2' }),
    ]),
  );
}, 60_000);

const VERIFY = { command: 'verify', segments: 4, delay_seconds: 3 } as const;

test('a verification that repairs mends it, and the next one finds the index equal to the table', async () => {
  const repaired = await runs.run('verify-2', { ...VERIFY, repair: true });
  expect(repaired.counts).toMatchObject({ missing: 1, extra: 1, stale: 1, repaired: 3 });
  expect(await runs.run('verify-3', VERIFY)).toMatchObject({
    verdict: 'well',
    counts: { missing: 0, extra: 0, stale: 0 },
  });
  expect(await runs.readJson(`operations/latest/${TABLE}.json`)).toMatchObject({
    verdict: 'equal',
  });
  expect(metricsOf(operated.operations.lines).at(-1)).toMatchObject({
    function: 'operated-operations',
    table: TABLE,
    Missing: 0,
    Extra: 0,
    Stale: 0,
    Compared: expect.toSatisfy((compared) => compared >= ITEMS),
  });
}, 60_000);

const metricsOf = (lines: readonly string[]): readonly unknown[] =>
  lines.filter((line) => line.startsWith('{"_aws"')).map((line) => JSON.parse(line));

test('the command line has it verified, and says so as if it were local', async () => {
  const { status, stdout, stderr } = await runs.command('verify', TABLE, '--delay', '3');
  expect([status, stderr]).toEqual([0, expect.stringContaining('has begun inside AWS')]);
  expect(stdout).toContain('equal');
}, 60_000);

test('doctor looks from inside the network, as the function', async () => {
  const { stdout } = await runs.command('doctor');
  expect(stdout).toContain(`role/operated-${REGION}-operations`);
  // The mapping names the stream of the account's table, and DynamoDB Local has the items.
  expect(stdout.match(/^.*✗.*$/gm)).toEqual([
    expect.stringContaining('event source'),
    expect.stringContaining('One thing is wrong'),
  ]);
});

test('a replay settles what OpenSearch had rejected', async () => {
  await dynamodb.put(TABLE, { ...itemOf('rejected', 1), 'a..b': { S: 'no path in OpenSearch' } });
  await operated.sync.drained();
  expect(await runs.keysBelow('rejected/')).toHaveLength(1);
  await dynamodb.put(TABLE, itemOf('rejected', 1));
  expect(await runs.run('replay-1', { command: 'replay' })).toMatchObject({ verdict: 'well' });
  expect(await runs.keysBelow('rejected/')).toEqual([]);
}, 60_000);

test('in the end the index equals the table', async () => {
  await writer.stop();
  await expectIndexToEqualTable();
});

test('neither role was asked for more than it allows', async () => {
  const denied = async (role: string, calls: readonly AwsCall[]) => {
    const statements = await statementsOf(`operated-${REGION}-${role}`, operated.account);
    const verdicts = await Promise.all(calls.map((call) => isAllowed(statements, call)));
    return calls.filter((_call, position) => verdicts[position] === false);
  };
  expect(await denied('operations', callsOfFunction(operated))).toEqual([]);
  expect(await denied('state-machine', callsOfStateMachine(operated))).toEqual([]);
});
