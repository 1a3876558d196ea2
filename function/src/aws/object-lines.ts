import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { client, type ObjectLocation } from './objects.ts';
import { ServiceError } from './service-error.ts';

/** The lines of an object of any size, as they come in. @throws ServiceError */
export async function* readObjectLines({ bucket, key }: ObjectLocation): AsyncGenerator<string> {
  try {
    const { Body: body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (body instanceof Readable) yield* createInterface({ input: body });
  } catch (cause) {
    throw new ServiceError('S3', `return the object ${bucket}/${key}`, cause);
  }
}
