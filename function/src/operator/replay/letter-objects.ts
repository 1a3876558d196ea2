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

/** An object by which those who went on can tell where they were. */
export type LetterPlace = Pick<LetterObject, 'key' | 'form'>;

/** Which objects to find: those of tables, those since then, and those behind a place. */
export type Listing = Pick<ReplayOptions, 'tables' | 'since'> & {
  readonly after?: LetterPlace | undefined;
};

/** Finds the objects in which letters wait, those of the function before Lambda's own. @throws ServiceError */
export async function* listLetterObjects(
  { tables, since, after }: Listing,
  { configuration }: Pick<OperatorEnvironment, 'configuration'>,
): AsyncGenerator<LetterObject> {
  const { bucket, prefix } = configuration.deadLetter;
  const folders = tables?.map(({ name }) => `${prefix}${name}/`) ?? [prefix];
  for (const folder of after === undefined ? folders : foldersFrom(after, folders)) {
    for await (const object of listObjects(bucket, folder, keyWithin(folder, after))) {
      if (!isWanted(object, since) || object.key.startsWith(GIVEN_UP_PREFIX)) continue;
      const tableName = object.key.slice(prefix.length).split('/')[0];
      yield { ...object, form: 'rejected', tableName };
    }
  }
  const afterGivenUp = after?.form === 'given_up' ? after.key : undefined;
  for await (const object of listObjects(bucket, GIVEN_UP_PREFIX, afterGivenUp)) {
    if (isWanted(object, since)) yield { ...object, form: 'given_up', tableName: undefined };
  }
}

/** The folders that are not done with. */
const foldersFrom = ({ key, form }: LetterPlace, folders: readonly string[]): readonly string[] =>
  form === 'given_up' ? [] : folders.slice(folders.findIndex((folder) => key.startsWith(folder)));

const keyWithin = (folder: string, after: LetterPlace | undefined): string | undefined =>
  after?.key.startsWith(folder) ? after.key : undefined;

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
