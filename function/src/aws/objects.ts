import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { clientSettings, LONGEST_READING_MILLISECONDS } from './client-settings.ts';
import { causeNameOf, ServiceError } from './service-error.ts';

// An endpoint of one's own, such as a local one, seldom answers to a bucket's name as a host.
const hasOwnEndpoint =
  process.env['AWS_ENDPOINT_URL_S3'] !== undefined || process.env['AWS_ENDPOINT_URL'] !== undefined;

/** The client that everything about objects shares. */
export const client = new S3Client({ ...clientSettings, forcePathStyle: hasOwnEndpoint });

/** An object in S3, in one version of it where a version is given. */
export type ObjectLocation = {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string | undefined;
};

/** The text of an object. @throws ServiceError */
export const readObject = async ({ bucket, key, versionId }: ObjectLocation): Promise<string> => {
  try {
    const { Body: body } = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }),
      { abortSignal: AbortSignal.timeout(LONGEST_READING_MILLISECONDS) },
    );
    return (await body?.transformToString()) ?? '';
  } catch (cause) {
    throw new ServiceError('S3', `return the object ${bucket}/${key}`, cause);
  }
};

/** The text of an object; undefined where there is none. @throws ServiceError */
export const readObjectIfThere = async (location: ObjectLocation): Promise<string | undefined> => {
  try {
    return await readObject(location);
  } catch (error) {
    if (causeNameOf(error) === 'NoSuchKey') return undefined;
    throw error;
  }
};

const LONGEST_WRITING_MILLISECONDS = 20_000;

/** Stores an object; when this returns, S3 has confirmed it. @throws ServiceError */
export const writeObject = async (
  { bucket, key }: ObjectLocation,
  body: string | Uint8Array,
  timeoutMilliseconds = LONGEST_WRITING_MILLISECONDS,
): Promise<void> => {
  try {
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: body,
        ContentType: contentType(key, body),
      }),
      { abortSignal: AbortSignal.timeout(timeoutMilliseconds) },
    );
  } catch (cause) {
    throw new ServiceError('S3', `store the object ${bucket}/${key}`, cause);
  }
};

const contentType = (key: string, body: string | Uint8Array): string => {
  if (typeof body !== 'string') return 'application/octet-stream';
  return key.endsWith('.json') ? 'application/json' : 'application/x-ndjson';
};
