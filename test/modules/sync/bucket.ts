import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import type { Production } from '../../support/production.ts';

const BUCKET = { Bucket: 'shop-prod-123456789012-eu-west-1' };

/** Text of an object in the deployed bucket. */
export const readObject = async (s3: S3Client, key: string): Promise<string | undefined> => {
  const { Body: body } = await s3.send(new GetObjectCommand({ ...BUCKET, Key: key }));
  return body?.transformToString();
};

/** Tests that read back, through the AWS SDK, what the bucket of letters is. */
export const testsOfTheBucket = (production: () => Production): void => {
  const s3 = () => production().account.s3;

  test('the bucket keeps versions and encrypts what it holds', async () => {
    const { Status: status } = await s3().send(new GetBucketVersioningCommand(BUCKET));
    expect(status).toBe('Enabled');
    const { ServerSideEncryptionConfiguration: encryption } = await s3().send(
      new GetBucketEncryptionCommand(BUCKET),
    );
    expect(encryption?.Rules).toMatchObject([
      { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
    ]);
  });

  test('nobody outside reads the bucket, and nobody without TLS', async () => {
    const { PublicAccessBlockConfiguration: block } = await s3().send(
      new GetPublicAccessBlockCommand(BUCKET),
    );
    expect(block).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    const { OwnershipControls: ownership } = await s3().send(
      new GetBucketOwnershipControlsCommand(BUCKET),
    );
    expect(ownership?.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
    const { Policy: policy = '' } = await s3().send(new GetBucketPolicyCommand(BUCKET));
    expect(JSON.parse(policy).Statement).toMatchObject([
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [`arn:aws:s3:::${BUCKET.Bucket}/*`, `arn:aws:s3:::${BUCKET.Bucket}`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]);
  });

  test('nothing that is current ever expires, but runs', async () => {
    const { Rules: rules = [] } = await s3().send(
      new GetBucketLifecycleConfigurationCommand(BUCKET),
    );
    const [letters, runs] = rules;
    expect(rules).toHaveLength(2);
    expect(letters).toMatchObject({
      Status: 'Enabled',
      NoncurrentVersionExpiration: { NoncurrentDays: 30 },
    });
    expect(Object.keys(letters?.Expiration ?? {})).toEqual(['ExpiredObjectDeleteMarker']);
    expect(runs).toMatchObject({
      Status: 'Enabled',
      Filter: { Prefix: 'operations/' },
      Expiration: { Days: 90 },
    });
  });
};
