import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { LONGEST_READING_MILLISECONDS } from './client-settings.ts';
import { client } from './objects.ts';
import { ServiceError } from './service-error.ts';

/** An object in S3, without what it holds. */
export type ListedObject = {
  readonly key: string;
  readonly modifiedAt: Date;
  readonly sizeBytes: number;
  /** Another one, once the object holds something else. */
  readonly etag: string;
};

/** The objects whose keys begin so, in the order of their keys, behind one of them where that is said, as pages of a thousand come in. @throws ServiceError */
export async function* listObjects(
  bucket: string,
  prefix: string,
  after?: string,
): AsyncGenerator<ListedObject> {
  let token: string | undefined; // of the next page
  do {
    const page = await listPage({ bucket, prefix, after, token });
    for (const { Key: key, LastModified: modifiedAt, Size, ETag } of page.Contents ?? []) {
      if (key !== undefined && modifiedAt !== undefined)
        yield { key, modifiedAt, sizeBytes: Size ?? 0, etag: ETag ?? '' };
    }
    token = page.NextContinuationToken;
  } while (token !== undefined);
}

type PageRequest = {
  readonly bucket: string;
  readonly prefix: string;
  readonly after: string | undefined;
  readonly token: string | undefined;
};

const listPage = async ({ bucket, prefix, after, token }: PageRequest) => {
  const request = { Bucket: bucket, Prefix: prefix, StartAfter: after, ContinuationToken: token };
  try {
    return await client.send(new ListObjectsV2Command(request), {
      abortSignal: AbortSignal.timeout(LONGEST_READING_MILLISECONDS),
    });
  } catch (cause) {
    throw new ServiceError('S3', `list the objects of ${bucket}/${prefix}`, cause);
  }
};
