import { randomUUID } from 'node:crypto';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  GetFunctionCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  ListStateMachineVersionsCommand,
  SFNClient,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import { zipSync } from 'fflate';
import { beforeAll, expect, test } from 'vitest';
import { askAws } from './ask-aws.ts';
import { clientSettings } from './client-settings.ts';
import { sharedServer } from './shared-server.ts';

let moto: string;

beforeAll(async () => {
  moto = await sharedServer('moto');
});

test('an action that moto does not have is named, at once', async () => {
  const asked = askAws(moto, { service: 'ssm', operation: 'AmazonSSM.ListNodes' }, {});
  await expect(asked).rejects.toThrow(
    /was answered 400: .*The list_nodes action has not been implemented/,
  );
});

test('a function keeps its logging and tracing, and its archive can be fetched', async () => {
  const name = `moto-${randomUUID()}`;
  const lambda = new LambdaClient(clientSettings(moto));
  const archive = zipSync({ 'index.js': new TextEncoder().encode('exports.handler = 1') });
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: await roleNamed(name),
      Code: { ZipFile: archive },
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO' },
    }),
  );
  const created = await lambda.send(new GetFunctionCommand({ FunctionName: name }));
  expect(created.Configuration).toMatchObject({
    LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO' },
    TracingConfig: { Mode: 'PassThrough' },
  });
  const fetched = await fetch(created.Code?.Location ?? '');
  expect(new Uint8Array(await fetched.arrayBuffer())).toEqual(archive);
  await lambda.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName: name,
      LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'DEBUG' },
      TracingConfig: { Mode: 'Active' },
    }),
  );
  const updated = await lambda.send(new GetFunctionCommand({ FunctionName: name }));
  expect(updated.Configuration).toMatchObject({
    LoggingConfig: { ApplicationLogLevel: 'DEBUG' },
    TracingConfig: { Mode: 'Active' },
  });
});

const roleNamed = async (name: string): Promise<string> => {
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'lambda.amazonaws.com' },
      },
    ],
  });
  const { Role: role } = await new IAMClient(clientSettings(moto)).send(
    new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trust }),
  );
  return role?.Arn ?? '';
};

test('a bucket that refuses plain http takes objects, and a versioned one can be emptied', async () => {
  const bucket = { Bucket: `moto-${randomUUID()}` };
  const s3 = new S3Client(clientSettings(moto));
  await s3.send(
    new CreateBucketCommand({
      ...bucket,
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
    }),
  );
  await s3.send(
    new PutBucketVersioningCommand({ ...bucket, VersioningConfiguration: { Status: 'Enabled' } }),
  );
  const refusal = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: `arn:aws:s3:::${bucket.Bucket}/*`,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [refusal] });
  await s3.send(new PutBucketPolicyCommand({ ...bucket, Policy }));
  await s3.send(new PutObjectCommand({ ...bucket, Key: 'letter', Body: 'letter' }));
  await s3.send(new DeleteObjectCommand({ ...bucket, Key: 'letter' }));
  const { Versions: versions = [], DeleteMarkers: markers = [] } = await s3.send(
    new ListObjectVersionsCommand(bucket),
  );
  expect([versions.length, markers.length]).toEqual([1, 1]);
  for (const { Key, VersionId } of [...versions, ...markers]) {
    await s3.send(new DeleteObjectCommand({ ...bucket, Key, VersionId }));
  }
  await s3.send(new DeleteBucketCommand(bucket));
});

test('a definition of a state machine is validated, and has no versions', async () => {
  const states = new SFNClient(clientSettings(moto));
  const validate = async (definition: object) =>
    states.send(
      new ValidateStateMachineDefinitionCommand({ definition: JSON.stringify(definition) }),
    );
  const definition = { StartAt: 'Done', States: { Done: { Type: 'Succeed' } } };
  expect(await validate(definition)).toMatchObject({ result: 'OK', diagnostics: [] });
  expect(await validate({ StartAt: 'Done' })).toMatchObject({
    result: 'FAIL',
    diagnostics: [{ severity: 'ERROR', message: expect.stringContaining('States') }],
  });
  const stateMachineArn = `arn:aws:states:eu-west-1:123456789012:stateMachine:${randomUUID()}`;
  const list = new ListStateMachineVersionsCommand({ stateMachineArn });
  expect(await states.send(list)).toMatchObject({ stateMachineVersions: [] });
});
