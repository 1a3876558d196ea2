import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AwsAccount, createTable, openAccount } from '../../support/aws-account.ts';
import { openWorkspace, type Workspace } from '../../support/terraform.ts';

let account: AwsAccount;
let workspace: Workspace;

const ROOT_MODULE = `
variable "tables_matching" {
  type = string
}

module "sync" {
  source = "../../modules/sync"

  name            = "shop-prod"
  opensearch      = { endpoint = "https://search-shop-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com" }
  tables_matching = var.tables_matching
}

output "tables" {
  value = [for name, table in module.sync.tables : name]
}
`;

const numbered = (count: number, name: (number: string) => string): readonly string[] =>
  Array.from({ length: count }, (_, number) => name(String(number).padStart(3, '0')));

const PRODUCTION = numbered(60, (number) => `prod_table_of_thirty_letters_${number}`);
const LONG = numbered(40, (number) => `long_${'x'.repeat(200)}_${number}`);

beforeAll(async () => {
  account = await openAccount();
  const create = (name: string, viewType: 'NEW_IMAGE' | 'none') =>
    createTable(account.url, { name, keys: [{ name: 'id', type: 'S' }], viewType });
  for (const name of [...PRODUCTION, ...LONG]) await create(name, 'NEW_IMAGE');
  await create('prod_without_a_stream', 'none');
  workspace = await openWorkspace({
    path: 'envs/many-tables',
    files: { 'main.tf': ROOT_MODULE },
    environment: { AWS_ENDPOINT_URL: account.url },
  });
  await workspace.init();
});

afterAll(() => account?.stop());

describe('tables that are found by their names', () => {
  test('are all followed, sixty of them, but not one that has no stream', async () => {
    const { exitCode, problems } = await workspace.plan('-var=tables_matching=^prod_');
    expect({ exitCode, problems }).toEqual({ exitCode: 2, problems: [] });
    expect(await workspace.show()).toMatchObject({
      planned_values: { outputs: { tables: { value: PRODUCTION } } },
    });
  }, 120_000);

  test('are refused where one role cannot name them all', async () => {
    const { exitCode, problems } = await workspace.plan('-var=tables_matching=^long_');
    expect(exitCode).toBe(1);
    expect(problems.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(
        /: tables: the policy for long_x+_\d+, .* would be \d+ characters long, and IAM takes 6144\. .* share all tables out between two modules/s,
      ),
    );
  }, 120_000);
});
