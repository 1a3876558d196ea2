import { randomUUID } from 'node:crypto';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { beforeAll, expect, test } from 'vitest';
import { clientSettings } from '../support/client-settings.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { indexContents } from '../support/index-contents.ts';
import { localFunction } from '../support/local-function.ts';
import { aRecord } from '../support/records.ts';
import { sharedServer } from '../support/shared-server.ts';

// What the stand-in for AWS cannot vouch for: another implementation of SSM, S3 and Secrets Manager.
let moto: string;
let openSearchUrl: string;

beforeAll(async () => {
  [moto, openSearchUrl] = await Promise.all([sharedServer('moto'), sharedServer('opensearch-3.8')]);
});

const configurationOf = (name: string, endpoint: string, parts: object = {}): string =>
  JSON.stringify({
    endpoint,
    dead_letter: { bucket: name, prefix: 'rejected/' },
    tables: { [name]: { index: name, keys: [{ name: 'pk', type: 'S' }] } },
    ...parts,
  });

const putParameter = async (name: string, value: string): Promise<void> => {
  await new SSMClient(clientSettings(moto)).send(
    new PutParameterCommand({ Name: name, Value: value, Type: 'SecureString', Overwrite: true }),
  );
};

const invokeWith = async (parameter: string, ...records: readonly object[]) => {
  const lambda = localFunction({
    environment: { CONFIG_PARAMETER: parameter, AWS_ENDPOINT_URL: moto },
  });
  try {
    return await lambda.invoke(JSON.stringify({ Records: records }));
  } finally {
    await lambda.stop();
  }
};

const recordOf = (table: string, attributes: object) =>
  aRecord({ table, image: { pk: { S: 'k1' }, ...attributes } });

const SETTLED = { kind: 'answered', payload: '{"batchItemFailures":[]}' };

test('an encrypted parameter is read in the version that is named, and a dead letter lies in S3', async () => {
  const name = `moto-${randomUUID()}`;
  const s3 = new S3Client(clientSettings(moto));
  await s3.send(
    new CreateBucketCommand({
      Bucket: name,
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
    }),
  );
  await putParameter(name, configurationOf(name, openSearchUrl));
  await putParameter(name, 'another version, which is no configuration');
  const record = recordOf(name, { 'a..b': { S: 'no path in OpenSearch' } });
  expect(await invokeWith(`${name}:1`, record)).toMatchObject(SETTLED);
  const { Contents: [letter] = [] } = await s3.send(new ListObjectsV2Command({ Bucket: name }));
  const object = await s3.send(new GetObjectCommand({ Bucket: name, Key: letter?.Key }));
  expect(JSON.parse((await object.Body?.transformToString()) ?? '')).toMatchObject({ record });
});

test('a configuration that overflows into S3 is read in the version of the object that is named', async () => {
  const name = `moto-${randomUUID()}`;
  const s3 = new S3Client(clientSettings(moto));
  await s3.send(
    new CreateBucketCommand({
      Bucket: name,
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
    }),
  );
  await s3.send(
    new PutBucketVersioningCommand({
      Bucket: name,
      VersioningConfiguration: { Status: 'Enabled' },
    }),
  );
  const put = (body: string) =>
    s3.send(new PutObjectCommand({ Bucket: name, Key: 'config/sync.json', Body: body }));
  const { VersionId: version } = await put(configurationOf(name, openSearchUrl));
  await put('another version, which is no configuration');
  const pointer = { bucket: name, key: 'config/sync.json', version_id: version };
  await putParameter(name, JSON.stringify({ s3: pointer }));
  expect(await invokeWith(name, recordOf(name, {}))).toMatchObject(SETTLED);
  expect([...(await indexContents(openSearchUrl, name)).keys()]).toEqual(['k1']);
});

test('user and password come from Secrets Manager', async () => {
  const name = `moto-${randomUUID()}`;
  const proxy = await startFaultProxy(openSearchUrl);
  const { ARN: secretArn } = await new SecretsManagerClient(clientSettings(moto)).send(
    new CreateSecretCommand({
      Name: name,
      SecretString: JSON.stringify({ username: 'sync', password: 'pass' }),
    }),
  );
  const auth = { type: 'basic', secret_arn: secretArn };
  await putParameter(name, configurationOf(name, proxy.url, { auth }));
  expect(await invokeWith(name, recordOf(name, {}))).toMatchObject(SETTLED);
  const basic = `Basic ${Buffer.from('sync:pass').toString('base64')}`;
  expect(proxy.requests.map(({ headers }) => headers.authorization)).toContain(basic);
  await proxy.stop();
});
