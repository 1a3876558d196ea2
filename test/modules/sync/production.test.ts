import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectDynamoDB } from '../../../scripts/start/dynamodb.ts';
import { examineEquality } from '../../../scripts/start/equality.ts';
import { connectOpenSearch } from '../../../scripts/start/opensearch.ts';
import { type DeployedSync, startDeployedSync } from '../../support/deployed-function.ts';
import { indexContents } from '../../support/index-contents.ts';
import { openProduction, type Production } from '../../support/production.ts';
import { testsOfTheBucket } from './bucket.ts';
import { testsOfTheDeployment } from './deployment.ts';
import { KINDS, remainsOf } from './remains.ts';

// Names that no other test uses: servers are shared.
const ORDERS = 'Production_Orders';
const USERS = 'Production_Users';
const EVENTS = 'Production_Events';

const TFVARS = `
name       = "shop"
opensearch = { domain_name = "shop" }

tables = {
  ${ORDERS} = {}
  ${USERS} = {
    index                   = "production_people"
    exclude                 = ["password_hash"]
    batch_size              = 100
    batching_window_seconds = 1
  }
}

alarm_actions = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
`;

const CHANGED_TFVARS = TFVARS.replace('= 100', '= 50').replace(
  'tables = {',
  `tables = {\n  ${EVENTS} = {}`,
);

let production: Production;

beforeAll(async () => {
  production = await openProduction();
  const { createTable, workspace } = production;
  await createTable(ORDERS, [
    { name: 'customer', type: 'S' },
    { name: 'order', type: 'N' },
  ]);
  await createTable(USERS, [{ name: 'id', type: 'B' }]);
  await createTable(EVENTS, [{ name: 'id', type: 'S' }]);
  workspace.write('terraform.tfvars', TFVARS);
});

afterAll(() => production?.stop());

// Each test finds what the one before it has left.
describe('envs/prod, as it is', () => {
  test('is applied, and then there is nothing to do', async () => {
    const { apply, plan } = production.workspace;
    expect(await apply()).toMatchObject({ exitCode: 0, problems: [] });
    expect(await plan()).toMatchObject({ exitCode: 0, changes: [], problems: [] });
  }, 240_000);

  testsOfTheDeployment(() => production, { orders: ORDERS, users: USERS });
  testsOfTheBucket(() => production);

  test('its function, as it was deployed, keeps the indexes equal to the tables', async () => {
    await whileItRuns(async ({ drained }) => {
      const { put, delete: remove } = connectDynamoDB(production.dynamoDBUrl);
      const [first, second] = ['1.50', '2'].map((order) => ({
        customer: { S: 'a|b' },
        order: { N: order },
      }));
      await put(ORDERS, { ...first, total: { N: '12345678901234567890.5' } });
      await put(ORDERS, { ...second, total: { N: '1' } });
      await put(USERS, { id: { B: 'AP8=' }, password_hash: { S: 'x' }, age: { N: '7' } });
      await drained();
      const people = await indexContents(production.domain.openSearchUrl, 'production_people');
      expect([...people].map(([id, { source }]) => [id, source])).toEqual([
        ['AP8=', { id: 'AP8=', age: 7 }],
      ]);
      await put(ORDERS, { ...first, total: { N: '2' } });
      await remove(ORDERS, { ...second });
      await drained();
      await expectEquality({ [ORDERS]: 1, [USERS]: 1 });
    });
  }, 60_000);

  test('changes one table and adds one, and plans nothing else', async () => {
    const { apply, plan, write } = production.workspace;
    write('terraform.tfvars', CHANGED_TFVARS);
    const changes = (await plan()).changes.map(withoutGroups);
    expect(changes.filter((change) => !change.includes('module.operations.'))).toEqual([
      `create aws_cloudwatch_metric_alarm.dead_letters["${EVENTS}"]`,
      `create aws_cloudwatch_metric_alarm.freshness["${EVENTS}"]`,
      `create aws_cloudwatch_metric_alarm.records_lost["${EVENTS}"]`,
      `create aws_cloudwatch_metric_alarm.retries["${EVENTS}"]`,
      `create aws_cloudwatch_metric_alarm.stopped["${EVENTS}"]`,
      'create aws_iam_policy.tables[…]',
      'create aws_iam_role_policy_attachment.tables[…]',
      `create aws_lambda_event_source_mapping.this["${EVENTS}"]`,
      'update aws_cloudwatch_dashboard.this[0]',
      'update aws_iam_role_policy.function',
      `update aws_lambda_event_source_mapping.this["${USERS}"]`,
      'update aws_lambda_function.this',
      'update aws_s3_object.configuration',
      'update aws_ssm_parameter.configuration',
    ]);
    expect(changes.filter((change) => change.includes('module.operations.'))).toEqual([
      `create module.operations.aws_cloudwatch_metric_alarm.differences["${EVENTS}"]`,
      'create module.operations.aws_iam_policy.tables[…]',
      'create module.operations.aws_iam_role_policy_attachment.tables[…]',
      'update module.operations.aws_cloudwatch_dashboard.this[0]',
      'update module.operations.aws_lambda_function.this',
    ]);
    expect(await apply()).toMatchObject({ exitCode: 0, problems: [] });
    expect(await plan()).toMatchObject({ exitCode: 0, changes: [] });
  }, 120_000);

  test('its function then follows the added table too', async () => {
    await whileItRuns(async ({ drained }) => {
      await connectDynamoDB(production.dynamoDBUrl).put(EVENTS, { id: { S: 'first' } });
      await drained();
      await expectEquality({ [EVENTS]: 1, [ORDERS]: 1, [USERS]: 1 });
    });
  }, 60_000);

  test('is destroyed, and leaves nothing', async () => {
    const kinds = (await remainsOf(production.account)).map(([kind]) => kind);
    expect(new Set(kinds).size).toBe(KINDS.length);
    expect(await production.workspace.destroy()).toMatchObject({ exitCode: 0, problems: [] });
    expect(await remainsOf(production.account)).toEqual([['bucket', 'terraform-state']]);
  }, 120_000);
});

const whileItRuns = async (act: (sync: DeployedSync) => Promise<void>): Promise<void> => {
  const { environment } = production.domain;
  const sync = await startDeployedSync('shop-prod-sync', { ...production, environment });
  try {
    await act(sync);
  } finally {
    await sync.stop();
  }
};

/** Expects that each table of the deployed configuration has so many items and its index the same. */
const expectEquality = async (counts: { readonly [table: string]: number }): Promise<void> => {
  const dynamodb = connectDynamoDB(production.dynamoDBUrl);
  const openSearch = connectOpenSearch(production.domain.openSearchUrl);
  const equalities = [...(await production.deployedTables())].map(async ([name, table]) => {
    const { items, differences } = await examineEquality({ dynamodb, openSearch }, table);
    expect(differences).toEqual([]);
    return [name, items];
  });
  expect(Object.fromEntries(await Promise.all(equalities))).toEqual(counts);
};

// Tables share policies in a way that is the module's own business.
const withoutGroups = (change: string): string =>
  change.replace('module.sync.', '').replace(/\.tables\["[^"]+"\]$/, '.tables[…]');
