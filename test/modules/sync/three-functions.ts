import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type AwsAccount, createTable, openAccount } from '../../support/aws-account.ts';
import { clientSettings } from '../../support/client-settings.ts';
import { type LocalDomain, openDomain } from '../../support/local-domain.ts';
import { sharedServer } from '../../support/shared-server.ts';
import { openWorkspace } from '../../support/terraform.ts';

/** What `three-functions.tf` deploys, in an account with two tables. */
export type ThreeFunctions = {
  readonly account: AwsAccount;
  readonly domain: LocalDomain;
  readonly dynamoDBUrl: string;
  readonly stop: () => Promise<void>;
};

/** KMS key of parameters and buckets, where there is one. */
export const KEY_ARN =
  'arn:aws:kms:eu-west-1:123456789012:key/11111111-1111-1111-1111-111111111111';

/** KMS key of the table `Roles_Items`. */
export const TABLE_KEY_ARN =
  'arn:aws:kms:eu-west-1:123456789012:key/22222222-2222-2222-2222-222222222222';

/** Deploys the three functions, all but what their policies have nothing to do with. */
export const deployThreeFunctions = async (): Promise<ThreeFunctions> => {
  const [account, domain, dynamoDBUrl] = await Promise.all([
    openAccount(),
    openDomain(),
    sharedServer('dynamodb-local'),
  ]);
  await account.createDomain('roles', domain.endpoint);
  await Promise.all([account.url, dynamoDBUrl].map(createTables));
  const workspace = await openWorkspace({
    path: 'three-functions',
    environment: { AWS_ENDPOINT_URL: account.url },
    files: {
      'main.tf': readFileSync(join(import.meta.dirname, 'three-functions.tf'), 'utf8'),
      'terraform.tfvars.json': JSON.stringify({
        endpoint: `https://${domain.endpoint}`,
        key_arn: KEY_ARN,
        secret_arn: await createSecret(account.url),
      }),
    },
  });
  await workspace.init();
  const { exitCode, text } = await workspace.apply(...TARGETS);
  if (exitCode !== 0) throw new Error(text);
  const stop = async () => void (await Promise.all([account.stop(), domain.stop()]));
  return { account, domain, dynamoDBUrl, stop };
};

// With everything that mappings need, and without the lifecycle rules of buckets, for which the provider waits a minute.
const TARGETS = ['signed', 'password', 'serverless'].map(
  (name) => `-target=module.${name}.aws_lambda_event_source_mapping.this`,
);

const createTables = async (url: string): Promise<void> => {
  const keys = [{ name: 'id', type: 'S' }] as const;
  await createTable(url, { name: 'Roles_Items', keys, keyArn: TABLE_KEY_ARN });
  await createTable(url, { name: 'Roles_Keys', keys, viewType: 'KEYS_ONLY' });
};

const createSecret = async (url: string): Promise<string> => {
  const client = new SecretsManagerClient(clientSettings(url));
  const SecretString = JSON.stringify({ username: 'sync', password: 'pass' });
  const { ARN: arn } = await client.send(new CreateSecretCommand({ Name: 'roles', SecretString }));
  return arn ?? '';
};
