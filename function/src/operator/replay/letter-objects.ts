import { type ListedObject, listObjects } from '../../aws/object-listing.ts';
import { GIVEN_UP_PREFIX } from '../../core/dead-letter.ts';
import type { OperatorEnvironment } from '../environment.ts';
import type { ReplayOptions } from './replay.ts';

/** An object in which letters wait. */
export type LetterObject = ListedObject & {
  /** `given_up`: stored by Lambda itself. */
  readonly form: 'rejected' | 'given_up';
  /** By the folder that it lies in; only its content tells what table one of Lambda's is of. */
  readonly tableName: string | undefined;
};

/** Finds the objects in which letters wait, those of the function before Lambda's own. @throws ServiceError */
export async function* listLetterObjects(
  { tables, since }: Pick<ReplayOptions, 'tables' | 'since'>,
  { configuration }: Pick<OperatorEnvironment, 'configuration'>,
): AsyncGenerator<LetterObject> {
  const { bucket, prefix } = configuration.deadLetter;
  const folders = tables?.map(({ name }) => `${prefix}${name}/`) ?? [prefix];
  for (const folder of folders) {
    for await (const object of listObjects(bucket, folder)) {
      if (!isWanted(object, since) || object.key.startsWith(GIVEN_UP_PREFIX)) continue;
      const tableName = object.key.slice(prefix.length).split('/')[0];
      yield { ...object, form: 'rejected', tableName };
    }
  }
  for await (const object of listObjects(bucket, GIVEN_UP_PREFIX)) {
    if (isWanted(object, since)) yield { ...object, form: 'given_up', tableName: undefined };
  }
}

// Consoles make an empty object for what they show as a folder.
const isWanted = ({ key, modifiedAt }: ListedObject, since: Date | undefined): boolean =>
  !key.endsWith('/') && (since === undefined || modifiedAt >= since);

const MOST_OBJECTS = 32;
const MOST_BYTES = 8 * 1024 * 1024;

/** Objects in so many at once that memory holds them: some, or a single large one. */
export async function* inChunks(
  objects: AsyncIterable<LetterObject>,
): AsyncGenerator<readonly LetterObject[]> {
  let chunk: LetterObject[] = [];
  let bytes = 0; // in the chunk
  for await (const object of objects) {
    const isFull = chunk.length === MOST_OBJECTS || bytes + object.sizeBytes > MOST_BYTES;
    if (isFull && chunk.length > 0) {
      yield chunk;
      [chunk, bytes] = [[], 0];
    }
    chunk.push(object);
    bytes += object.sizeBytes;
  }
  if (chunk.length > 0) yield chunk;
}
