import { BatchGetItemCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { clientSettings } from './client-settings.ts';
import { startFaultProxy } from './fault-proxy.ts';
import { awsCallsIn } from './recorded-calls.ts';

const WHERE = { region: 'eu-west-1', account: '123456789012', openSearchArn: '' };

test('what IAM is asked for is told from the requests of the SDK themselves', async () => {
  const proxy = await startFaultProxy('http://127.0.0.1:1');
  proxy.behave(() => ({ status: 400, body: '' }));
  const settings = { ...clientSettings(proxy.url), maxAttempts: 1 };
  const [s3, lambda] = [new S3Client(settings), new LambdaClient(settings)];
  const dynamodb = new DynamoDBClient(settings);
  const object = { Bucket: 'letters', Key: 'rejected/a b' };
  const FunctionName = 'arn:aws:lambda:eu-west-1:123456789012:function:orders';
  const requests = [
    () => new SSMClient(settings).send(new GetParameterCommand({ Name: '/orders/sync:3' })),
    () =>
      new SecretsManagerClient(settings).send(
        new GetSecretValueCommand({ SecretId: 'arn:aws:secretsmanager:…' }),
      ),
    () => new STSClient(settings).send(new GetCallerIdentityCommand()),
    () => dynamodb.send(new ScanCommand({ TableName: 'Orders' })),
    () =>
      dynamodb.send(
        new BatchGetItemCommand({ RequestItems: { A: { Keys: [] }, B: { Keys: [] } } }),
      ),
    () => s3.send(new PutObjectCommand({ ...object, Body: 'letter' })),
    () => s3.send(new GetObjectCommand(object)),
    () => s3.send(new GetObjectCommand({ ...object, VersionId: '1' })),
    () => s3.send(new DeleteObjectCommand(object)),
    () => s3.send(new ListObjectsV2Command({ Bucket: 'letters', Prefix: 'rejected/' })),
    () => lambda.send(new InvokeCommand({ FunctionName })),
    () => lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'orders' })),
    () => lambda.send(new ListEventSourceMappingsCommand({ FunctionName })),
  ];
  for (const request of requests) await request().catch(() => undefined);
  await proxy.stop();
  const calls = proxy.requests.flatMap((request) => awsCallsIn(request, WHERE));
  const ofObject = { resource: 'arn:aws:s3:::letters/rejected/a b' };
  const ofFunction = { resource: FunctionName };
  expect(calls).toEqual([
    {
      action: 'ssm:GetParameter',
      resource: 'arn:aws:ssm:eu-west-1:123456789012:parameter/orders/sync',
    },
    { action: 'secretsmanager:GetSecretValue', resource: 'arn:aws:secretsmanager:…' },
    { action: 'sts:GetCallerIdentity', resource: '*' },
    ...['Scan', 'BatchGetItem', 'BatchGetItem'].map((operation, position) => ({
      action: `dynamodb:${operation}`,
      resource: `arn:aws:dynamodb:eu-west-1:123456789012:table/${['Orders', 'A', 'B'][position]}`,
    })),
    { action: 's3:PutObject', ...ofObject },
    { action: 's3:GetObject', ...ofObject },
    { action: 's3:GetObjectVersion', ...ofObject },
    { action: 's3:DeleteObject', ...ofObject },
    {
      action: 's3:ListBucket',
      resource: 'arn:aws:s3:::letters',
      context: { 's3:prefix': 'rejected/' },
    },
    { action: 'lambda:InvokeFunction', ...ofFunction },
    { action: 'lambda:GetFunctionConfiguration', ...ofFunction },
    { action: 'lambda:ListEventSourceMappings', resource: '*' },
  ]);
});
