import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Configuration } from '../../function/src/configuration/configuration.ts';
import { parseConfiguration } from '../../function/src/configuration/parse.ts';
import { exampleNames } from '../../scripts/docs/examples.ts';
import { UNTAGGED } from '../modules/house-rules/resources.ts';
import { type AwsAccount, REGION } from '../support/aws-account.ts';
import { type Planned, plannedIn } from '../support/planned.ts';
import { storedConfiguration } from '../support/stored-configuration.ts';
import { openWorkspace, type Workspace } from '../support/terraform.ts';
import type { MachineRun } from '../support/terraform-messages.ts';
import { DOMAIN_ENDPOINT, openExampleAccount } from './example-account.ts';

const TABLES = {
  'bring-your-own-key': ['Orders'],
  'discover-tables': ['shop_prod_carts', 'shop_prod_users'],
  'many-tables': ['Articles', 'Catalog', 'Orders', 'Reviews', 'Users'],
  'migrate-from-bfansports': ['Orders', 'Users'],
  'one-table': ['Orders'],
  operations: ['Orders', 'Users'],
  'private-vpc': ['Orders'],
  'serverless-collection': ['Orders'],
  'table-in-the-same-apply': ['Invoices'],
} as const satisfies { readonly [example: string]: readonly string[] };

type Example = keyof typeof TABLES;

const examples = Object.entries(TABLES) as readonly [Example, readonly string[]][];

let account: AwsAccount;
let workspace: Workspace;
let plan: MachineRun;
let planned: Planned;

// Each is a module to one root module: a plan of all of them takes no longer than a plan of one.
beforeAll(async () => {
  account = await openExampleAccount();
  workspace = await openWorkspace({
    path: 'examples-together',
    files: { 'main.tf': Object.keys(TABLES).map(callOf).join('\n') },
    environment: { AWS_ENDPOINT_URL: account.url },
  });
  await workspace.init();
  plan = await workspace.plan();
  if (plan.exitCode === 2) planned = plannedIn(await workspace.show());
});

const callOf = (example: string): string =>
  `module "${example}" {\n  source = "../examples/${example}"\n}\n`;

afterAll(() => account.stop());

const inExample = (example: Example, address: string) => planned(`module.${example}.${address}`);

const ofModule = (example: Example, address: string) =>
  inExample(example, `module.search_sync.${address}`);

const plannedConfiguration = (example: Example): Configuration => {
  const { value } = ofModule(example, 'aws_ssm_parameter.configuration');
  return parseConfiguration(String(value), 'the planned parameter', REGION);
};

test('all of them are here', () => {
  expect(exampleNames(join(import.meta.dirname, '../../examples'))).toEqual(Object.keys(TABLES));
});

test('each can be planned, without an error or a warning', () => {
  expect(plan.problems, plan.text).toEqual([]);
  expect(plan.exitCode, plan.text).toBe(2);
});

test.each(examples)('%s follows %j', (example, tables) => {
  const mapping = (table: string) =>
    `create module.${example}.module.search_sync.aws_lambda_event_source_mapping.this["${table}"]`;
  const followed = plan.changes.filter(
    (change) => change.includes(`module.${example}.`) && change.includes('event_source_mapping'),
  );
  expect(followed).toEqual(tables.map(mapping));
});

// Where a table is made in the same run, what the function is told is known when that is there: see below.
test.each(examples.filter(([example]) => example !== 'table-in-the-same-apply'))(
  'the function understands what %s tells it about %j',
  (example, tables) => {
    const configuration = plannedConfiguration(example);
    expect([...configuration.tables.keys()].toSorted()).toEqual(tables);
  },
);

test('one-table signs requests to the domain and says nothing about the table but its keys', () => {
  expect(plannedConfiguration('one-table')).toMatchObject({
    endpoint: new URL(DOMAIN_ENDPOINT),
    authentication: { type: 'sigv4', service: 'es', region: REGION },
    tables: new Map([
      [
        'Orders',
        expect.objectContaining({ index: 'orders', partitionKey: { name: 'id', type: 'S' } }),
      ],
    ]),
  });
});

test('many-tables says about each table what is particular about it', () => {
  const { tables } = plannedConfiguration('many-tables');
  expect(tables.get('Users')).toMatchObject({
    index: 'people',
    exclude: new Set(['password_hash', 'session']),
  });
  expect(tables.get('Catalog')?.where).toEqual(new Map([['kind', new Set(['product', 'bundle'])]]));
  expect(tables.get('Reviews')?.mappings).toHaveProperty('properties.stars.type', 'byte');
  expect(tables.get('Articles')?.pipeline).toBe('embeddings');
  const orders = ofModule('many-tables', 'aws_lambda_event_source_mapping.this["Orders"]');
  expect(orders).toMatchObject({ parallelization_factor: 4, batch_size: 500 });
  const lambda = ofModule('many-tables', 'aws_lambda_function.this');
  expect(lambda).toMatchObject({ memory_size: 1024, reserved_concurrent_executions: 20 });
  const freshness = ofModule('many-tables', 'aws_cloudwatch_metric_alarm.freshness["Orders"]');
  expect(freshness).toMatchObject({ threshold: 60_000 });
});

test('discover-tables leaves out tables without a stream, and what is said by name goes before', () => {
  const { tables } = plannedConfiguration('discover-tables');
  expect(tables.get('shop_prod_carts')?.index).toBe('shop_prod_carts');
  expect(tables.get('shop_prod_users')?.index).toBe('people');
});

test('migrate-from-bfansports goes where the original went, with its ids', () => {
  const { endpoint, tables } = plannedConfiguration('migrate-from-bfansports');
  expect(endpoint.href).toBe(`${DOMAIN_ENDPOINT}/`);
  expect([...tables.values()].map(({ profile }) => profile)).toEqual(['bfansports', 'bfansports']);
});

test('serverless-collection signs for aoss, and lets the function in', () => {
  expect(plannedConfiguration('serverless-collection').authentication).toMatchObject({
    service: 'aoss',
  });
  const policy = ofModule(
    'serverless-collection',
    'aws_opensearchserverless_access_policy.this[0]',
  );
  expect(policy).toMatchObject({ type: 'data' });
});

test('private-vpc puts the function into the subnets of the domain, which lets its security group in', () => {
  const { vpc_config: network } = ofModule('private-vpc', 'aws_lambda_function.this');
  expect(network).toMatchObject([
    { subnet_ids: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'] },
  ]);
  const ingress = 'aws_vpc_security_group_ingress_rule.from_the_function["sg-0123456789abcdef0"]';
  expect(inExample('private-vpc', ingress)).toMatchObject({ from_port: 443 });
});

test('bring-your-own-key encrypts the parameter, the bucket and the log group with it', () => {
  const parameter = ofModule('bring-your-own-key', 'aws_ssm_parameter.configuration');
  const arn = parameter['key_id'];
  expect(arn).toMatch(/^arn:aws:kms:/);
  const bucket = 'aws_s3_bucket_server_side_encryption_configuration.dead_letter';
  expect(JSON.stringify(ofModule('bring-your-own-key', bucket))).toContain(arn);
  const object = ofModule('bring-your-own-key', 'aws_s3_object.configuration');
  expect(object).toMatchObject({ server_side_encryption: 'aws:kms', kms_key_id: arn });
  const logs = ofModule('bring-your-own-key', 'aws_cloudwatch_log_group.function');
  expect(logs).toMatchObject({ kms_key_id: arn });
});

// The rest of the apply is not this test's business, and takes a minute.
const MADE_TOGETHER = ['private-vpc', 'table-in-the-same-apply'] as const;
const TARGETS = MADE_TOGETHER.map(
  (example) => `-target=module.${example}.module.search_sync.aws_lambda_event_source_mapping.this`,
);

test('what is made in the same run, a table or a security group, is there before it is asked about', async () => {
  const { exitCode, text } = await workspace.apply(...TARGETS);
  expect(exitCode, text).toBe(0);
  const invoices = (await storedConfiguration(account, 'shop-prod-configuration')).tables.get(
    'Invoices',
  );
  expect(invoices).toMatchObject({
    index: 'invoices',
    partitionKey: { name: 'customer', type: 'S' },
    sortKey: { name: 'number', type: 'N' },
  });
  const { tables } = await storedConfiguration(account, 'shop-private-configuration');
  expect([...tables.keys()]).toEqual(['Orders']);
}, 120_000);

test('what is changed about it later, a tag for instance, changes nothing else', async () => {
  for (const example of MADE_TOGETHER) changeFirstTags(example);
  const { changes, text } = await workspace.plan(...TARGETS);
  expect(changes, text).toEqual([
    'update module.private-vpc.aws_security_group.search_sync',
    'update module.table-in-the-same-apply.aws_dynamodb_table.invoices',
  ]);
}, 60_000);

/** The first tags of each of these examples are those of what the module refers to. */
const changeFirstTags = (example: string): void => {
  const path = join(workspace.directory, '../examples', example, 'main.tf');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace('= local.tags', '= merge(local.tags, { changed = "later" })'));
};

test('the types of resources that house rules take for untagged have no tags', async () => {
  const { stdout } = await workspace.run('providers', 'schema', '-json');
  const [provider] = Object.values<Provider>(JSON.parse(stdout).provider_schemas);
  const tagged = UNTAGGED.filter(
    (type) => provider?.resource_schemas[type]?.block.attributes['tags'] !== undefined,
  );
  expect(tagged).toEqual([]);
  expect(Object.keys(provider?.resource_schemas ?? {})).toEqual(
    expect.arrayContaining([...UNTAGGED]),
  );
}, 60_000);

type Provider = {
  readonly resource_schemas: {
    readonly [type: string]: {
      readonly block: { readonly attributes: object & { tags?: unknown } };
    };
  };
};
