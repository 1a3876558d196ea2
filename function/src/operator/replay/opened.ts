import { readObjectIfThere } from '../../aws/objects.ts';
import type { Table } from '../../core/table.ts';
import { readGivenUp } from './given-up.ts';
import type { Letter, Stray } from './letter.ts';
import type { LetterObject } from './letter-objects.ts';
import { readRejected } from './rejected.ts';
import type { Replay } from './replay.ts';

/** An object, and the letters in it. */
export type Opened = {
  readonly object: LetterObject;
  readonly letters: readonly (Letter | Stray)[];
};

/** Reads an object; undefined when it is gone, or none of those that are to be replayed. @throws ServiceError */
export const openObject = async (
  object: LetterObject,
  { options, tools }: Replay,
): Promise<Opened | undefined> => {
  const { deadLetter, tables } = tools.configuration;
  // Another replay may have settled it since it was listed.
  const text = await readObjectIfThere({ bucket: deadLetter.bucket, key: object.key });
  if (text === undefined) return undefined;
  const letters =
    object.form === 'rejected'
      ? readRejected(text, `${deadLetter.prefix}${object.tableName}/`, tables)
      : lettersGivenUp(text, object, tools);
  if (letters === undefined || !letters.some((letter) => isOf(letter, options.tables)))
    return undefined;
  tools.counts.objects++;
  tools.counts.records += letters.length;
  return { object, letters };
};

const lettersGivenUp = (
  text: string,
  { key }: LetterObject,
  { configuration, counts, onForeign }: Replay['tools'],
): Opened['letters'] | undefined => {
  const givenUp = readGivenUp(text, configuration.tables);
  if (givenUp.kind === 'letters') return givenUp.letters;
  counts.foreignObjects++;
  onForeign(key, givenUp.of);
  return undefined;
};

/** A stray is of whatever table the folder is of that it was found in. */
const isOf = (letter: Letter | Stray, tables: readonly Table[] | undefined): boolean =>
  tables === undefined || letter.kind === 'stray' || tables.includes(letter.table);
