import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { LONGEST_READING_MILLISECONDS } from './client-settings.ts';
import { client, type ObjectLocation } from './objects.ts';
import { ServiceError } from './service-error.ts';

/** Deletes an object; one that is not there is deleted. @throws ServiceError */
export const deleteObject = async ({ bucket, key }: ObjectLocation): Promise<void> => {
  try {
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }), {
      abortSignal: AbortSignal.timeout(LONGEST_READING_MILLISECONDS),
    });
  } catch (cause) {
    throw new ServiceError('S3', `delete the object ${bucket}/${key}`, cause);
  }
};
