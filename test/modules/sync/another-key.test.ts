import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AwsAccount, createTable, openAccount } from '../../support/aws-account.ts';
import { openWorkspace, type Workspace } from '../../support/terraform.ts';

const TARGET = '-target=module.sync.aws_ssm_parameter.configuration';
const BUCKET = 'shop-prod-123456789012-eu-west-1';

let account: AwsAccount;
let workspace: Workspace;

beforeAll(async () => {
  account = await openAccount();
  await createTable(account.url, { name: 'Orders', keys: [{ name: 'id', type: 'S' }] });
  workspace = await openWorkspace({
    path: 'another-key',
    environment: { AWS_ENDPOINT_URL: account.url },
  });
  workspace.write('main.tf.json', rootModule(keyArn('a')));
  await workspace.init();
  const { exitCode, text } = await workspace.apply(TARGET);
  expect(exitCode, text).toBe(0);
});

afterAll(() => account?.stop());

const keyArn = (digit: string): string =>
  `arn:aws:kms:eu-west-1:123456789012:key/${digit.repeat(8)}-1234-1234-1234-123456789012`;

/** One whose configuration no parameter can hold. */
const rootModule = (kms_key_arn: string | null): string =>
  JSON.stringify({
    module: {
      sync: {
        source: '../modules/sync',
        name: 'shop-prod',
        kms_key_arn,
        opensearch: {
          endpoint: 'https://search-shop-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com',
        },
        tables: { Orders: { mappings: JSON.stringify({ _meta: 'x'.repeat(10_000) }) } },
      },
    },
  });

const configuration = async () => {
  const { Parameter: parameter } = await account.ssm.send(
    new GetParameterCommand({ Name: 'shop-prod-configuration', WithDecryption: true }),
  );
  const { s3 } = JSON.parse(parameter?.Value ?? '{}');
  const object = await account.s3.send(
    new HeadObjectCommand({ Bucket: BUCKET, Key: s3.key, VersionId: s3.version_id }),
  );
  return {
    version: s3.version_id,
    encryption: object.ServerSideEncryption,
    key: object.SSEKMSKeyId,
  };
};

test.each([
  ['another key', keyArn('b'), { encryption: 'aws:kms', key: keyArn('b') }],
  ["AWS's own", null, { encryption: 'AES256' }],
])(
  'the configuration in the bucket is encrypted anew under %s, and the function is told',
  async (_, key, encrypted) => {
    const before = await configuration();
    workspace.write('main.tf.json', rootModule(key));
    const { exitCode, text } = await workspace.apply(TARGET);
    expect(exitCode, text).toBe(0);
    const after = await configuration();
    expect(after).toMatchObject(encrypted);
    expect(after.version).not.toBe(before.version);
    const { changes } = await workspace.plan(TARGET);
    expect(changes).toEqual([]);
  },
  60_000,
);
