import type { Table } from '../../function/src/core/table.ts';
import { type AwsAccount, createTable, type Key, openAccount } from './aws-account.ts';
import { type LocalDomain, openDomain } from './local-domain.ts';
import { sharedServer } from './shared-server.ts';
import { storedConfiguration } from './stored-configuration.ts';
import { openWorkspace, type Workspace } from './terraform.ts';

/** `envs/prod`, initialised in an account that has a domain and tables. */
export type Production = {
  readonly account: AwsAccount;
  readonly domain: LocalDomain;
  readonly dynamoDBUrl: string;
  readonly workspace: Workspace;
  /** Creates a table in the account and, for its items, in DynamoDB Local. */
  readonly createTable: (name: string, keys: readonly Key[]) => Promise<void>;
  /** The configuration that lies in the parameter, as the function reads it: tables by name. */
  readonly deployedTables: () => Promise<ReadonlyMap<string, Table>>;
  readonly stop: () => Promise<void>;
};

/** Opens an account with a domain, and initialises `envs/prod` in it with its state there too. */
export const openProduction = async (): Promise<Production> => {
  const [account, domain, dynamoDBUrl] = await Promise.all([
    openAccount(),
    openDomain(),
    sharedServer('dynamodb-local'),
  ]);
  await account.createDomain('shop', domain.endpoint);
  await account.createBucket('terraform-state');
  const workspace = await openWorkspace({
    path: 'envs/prod',
    environment: { AWS_ENDPOINT_URL: account.url },
  });
  await workspace.init('-backend-config=bucket=terraform-state');
  return {
    account,
    domain,
    dynamoDBUrl,
    workspace,
    createTable: async (name, keys) => {
      const urls = [account.url, dynamoDBUrl];
      await Promise.all(urls.map((url) => createTable(url, { name, keys })));
    },
    deployedTables: async () =>
      (await storedConfiguration(account, 'shop-prod-configuration')).tables,
    stop: async () => {
      await Promise.all([domain.stop(), account.stop()]);
    },
  };
};
