import { GetObjectCommand } from '@aws-sdk/client-s3';
import { LONGEST_READING_MILLISECONDS } from './client-settings.ts';
import { client, type ObjectLocation } from './objects.ts';
import { ServiceError } from './service-error.ts';

/** The bytes of an object; undefined where there is none. @throws ServiceError */
export const readObjectBytes = async ({
  bucket,
  key,
}: ObjectLocation): Promise<Uint8Array | undefined> => {
  try {
    const { Body: body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }), {
      abortSignal: AbortSignal.timeout(LONGEST_READING_MILLISECONDS),
    });
    return await body?.transformToByteArray();
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'NoSuchKey') return undefined;
    throw new ServiceError('S3', `return the object ${bucket}/${key}`, cause);
  }
};
