import { Readable } from 'node:stream';
import {
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, describe, expect, test } from 'vitest';
import { startAwsStandIn } from '../../../scripts/local/aws-stand-in.ts';
import { clientSettings } from '../../support/client-settings.ts';

const aws = await startAwsStandIn();
afterAll(() => aws.stop());

const options = { ...clientSettings(aws.url), maxAttempts: 1 };

describe('Parameter Store', () => {
  const ssm = new SSMClient(options);
  const getParameter = async (name: string) =>
    (await ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }))).Parameter;

  test('gives the newest version of a parameter, or the one that is asked for', async () => {
    aws.parameters.set('/orders/sync', ['old', 'new']);
    expect(await getParameter('/orders/sync')).toMatchObject({ Value: 'new', Version: 2 });
    expect(await getParameter('/orders/sync:1')).toMatchObject({
      Value: 'old',
      Version: 1,
      Selector: ':1',
    });
  });

  test.each(['/orders/named', 'named'])('finds %s by its ARN', async (name) => {
    aws.parameters.set(name, ['value']);
    const arn = `arn:aws:ssm:eu-west-1:123456789012:parameter${name.replace(/^\/?/, '/')}`;
    expect(await getParameter(arn)).toMatchObject({ Value: 'value' });
    expect(await getParameter(`${arn}:1`)).toMatchObject({ Value: 'value' });
  });

  test('has the errors of a missing parameter and a missing version', async () => {
    aws.parameters.set('one-version', ['value']);
    await expect(getParameter('missing')).rejects.toMatchObject({ name: 'ParameterNotFound' });
    await expect(getParameter('one-version:2')).rejects.toMatchObject({
      name: 'ParameterVersionNotFound',
    });
  });

  test('refuses any other action by its name', async () => {
    await expect(ssm.send(new GetParametersCommand({ Names: ['a'] }))).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'This AWS stand-in does not know AmazonSSM.GetParameters.',
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describe('STS', () => {
  const sts = new STSClient(options);

  test('says who calls', async () => {
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: '000000000000',
      Arn: 'arn:aws:iam::000000000000:user/local',
    });
  });

  test('refuses any other action by its name', async () => {
    await expect(sts.send(new GetSessionTokenCommand({}))).rejects.toThrow(
      'This AWS stand-in does not know GetSessionToken.',
    );
  });
});

describe('Lambda', () => {
  const lambda = new LambdaClient(options);
  const FunctionName = 'arn:aws:lambda:local:000000000000:function:sync';

  test('tells of functions and mappings what it was told', async () => {
    aws.functions.set(FunctionName, { FunctionName: 'sync' });
    aws.eventSourceMappings.push({ FunctionArn: FunctionName, State: 'Enabled' });
    expect(await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).toMatchObject({
      FunctionName: 'sync',
    });
    expect(await lambda.send(new ListEventSourceMappingsCommand({}))).toMatchObject({
      EventSourceMappings: [{ FunctionArn: FunctionName, State: 'Enabled' }],
    });
  });

  test('has the error of a missing function, and refuses any other action', async () => {
    const missing = new GetFunctionConfigurationCommand({ FunctionName: `${FunctionName}-other` });
    await expect(lambda.send(missing)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(lambda.send(new GetFunctionCommand({ FunctionName }))).rejects.toMatchObject({
      name: 'UnknownOperationException',
    });
  });
});

describe('Secrets Manager', () => {
  const secretsManager = new SecretsManagerClient(options);
  const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:opensearch-AbCdEf';

  test('gives a secret by the name or ARN it was stored under', async () => {
    aws.secrets.set(arn, '{"username":"admin"}');
    const secret = await secretsManager.send(new GetSecretValueCommand({ SecretId: arn }));
    expect(secret).toMatchObject({ ARN: arn, SecretString: '{"username":"admin"}' });
  });

  test('has the error of a missing secret, and refuses old versions', async () => {
    const get = (input: { SecretId: string; VersionStage?: string }) =>
      secretsManager.send(new GetSecretValueCommand(input));
    await expect(get({ SecretId: 'missing' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    const previous = { SecretId: arn, VersionStage: 'AWSPREVIOUS' };
    await expect(get(previous)).rejects.toThrow('GetSecretValue of the current version only');
  });
});

describe('S3', () => {
  const s3 = new S3Client(options);
  const bucket = { Bucket: 'letters' };
  const textOf = async (Key: string, VersionId?: string): Promise<string | undefined> => {
    const { Body } = await s3.send(new GetObjectCommand({ ...bucket, Key, VersionId }));
    return Body?.transformToString();
  };

  test('keeps what is put, under keys with any characters', async () => {
    const Key = 'rejected/Orders/a b+c%ü&?.json';
    const put = new PutObjectCommand({
      ...bucket,
      Key,
      Body: 'text',
      ContentType: 'application/json',
    });
    expect((await s3.send(put)).ETag).toBe('"1cb251ec0d568de6a929b520c4aed8d1"');
    expect(aws.objects.get(`letters/${Key}`)?.toString()).toBe('text');
    const { ContentType } = await s3.send(new GetObjectCommand({ ...bucket, Key }));
    expect(ContentType).toBe('application/json');
  });

  test('takes streams, which the SDK sends in chunks', async () => {
    const parts = ['x'.repeat(200_000), '\r\n0\r\n\r\n', 'ü'];
    const Body = Readable.from(parts.map((part) => Buffer.from(part)));
    const ContentLength = Buffer.byteLength(parts.join(''));
    await s3.send(new PutObjectCommand({ ...bucket, Key: 'stream', Body, ContentLength }));
    expect(aws.objects.get('letters/stream')?.toString()).toBe(parts.join(''));
  });

  test('keeps every version', async () => {
    const put = (Body: string) =>
      s3.send(new PutObjectCommand({ ...bucket, Key: 'versions', Body }));
    const [first, second] = [await put('first'), await put('second')];
    expect(await textOf('versions')).toBe('second');
    expect(await textOf('versions', first.VersionId)).toBe('first');
    expect(await textOf('versions', second.VersionId)).toBe('second');
    await expect(textOf('versions', 'unknown')).rejects.toMatchObject({ name: 'NoSuchVersion' });
  });

  test('gives what a test has put into its map', async () => {
    aws.objects.set('letters/given', Buffer.from('given'));
    expect(await textOf('given')).toBe('given');
  });

  test('lists by prefix, page by page, in the order of the bytes of keys', async () => {
    for (const name of ['ü', 'b', '&<', 'a']) {
      await s3.send(new PutObjectCommand({ Bucket: 'listed', Key: `in/${name}`, Body: name }));
    }
    await s3.send(new PutObjectCommand({ Bucket: 'listed', Key: 'out', Body: 'out' }));
    const list = (ContinuationToken?: string) =>
      s3.send(
        new ListObjectsV2Command({
          Bucket: 'listed',
          Prefix: 'in/',
          MaxKeys: 3,
          ContinuationToken,
        }),
      );
    const first = await list();
    expect(first.Contents?.map(({ Key }) => Key)).toEqual(['in/&<', 'in/a', 'in/b']);
    expect(first.Contents?.[0]).toMatchObject({ Size: 2, LastModified: expect.any(Date) });
    const second = await list(first.NextContinuationToken);
    expect(second.Contents?.map(({ Key }) => Key)).toEqual(['in/ü']);
    expect(second).toMatchObject({ IsTruncated: false });
  });

  test('deletes what is there, and what is not', async () => {
    aws.objects.set('letters/settled', Buffer.from('settled'));
    const command = () => new DeleteObjectCommand({ ...bucket, Key: 'settled' });
    await s3.send(command());
    expect(aws.objects.has('letters/settled')).toBe(false);
    expect((await s3.send(command())).$metadata.httpStatusCode).toBe(204);
  });

  test('has the error of a missing key', async () => {
    await expect(textOf('missing')).rejects.toMatchObject({
      name: 'NoSuchKey',
      $metadata: { httpStatusCode: 404 },
    });
  });

  test('refuses a body that is not what its checksum says', async () => {
    const put = new PutObjectCommand({
      ...bucket,
      Key: 'damaged',
      Body: 'text',
      ChecksumCRC32: 'AAAAAA==',
    });
    await expect(s3.send(put)).rejects.toMatchObject({ name: 'BadDigest' });
    expect(aws.objects.has('letters/damaged')).toBe(false);
  });

  test('refuses what it does not do by its name', async () => {
    const put = new PutObjectCommand({ ...bucket, Key: 'key', Body: '', IfNoneMatch: '*' });
    await expect(s3.send(put)).rejects.toMatchObject({
      name: 'NotImplemented',
      message: 'This AWS stand-in does not know PutObject with the header if-none-match.',
    });
    const head = new HeadObjectCommand({ ...bucket, Key: 'key' });
    await expect(s3.send(head)).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
    const tagging = await fetch(`${aws.url}/letters/key?tagging`);
    expect(await tagging.text()).toContain('does not know GET /letters/key?tagging.');
  });
});

test('a service with the query protocol is refused by the name of the action', async () => {
  const answer = await fetch(aws.url, {
    method: 'POST',
    body: new URLSearchParams({ Action: 'AssumeRole' }),
  });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain(
    '<Message>This AWS stand-in does not know AssumeRole.</Message>',
  );
});
