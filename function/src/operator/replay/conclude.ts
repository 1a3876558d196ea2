import { deleteObject } from '../../aws/object-removal.ts';
import { writeObject } from '../../aws/objects.ts';
import type { Rejection } from '../../core/dead-letter.ts';
import { parseObject } from '../../core/json-value.ts';
import { type Cause, causeOf } from './cause.ts';
import { imageOf, type Letter, type Stray } from './letter.ts';
import type { Opened } from './opened.ts';
import type { ReplayTools } from './replay.ts';
import type { Outcomes } from './settle-letters.ts';

/**
 * Removes an object whose letters are all settled, or keeps the others in it: in one write, so that at
 * no moment a letter is missing. Lambda's own stay whole until then. @throws ServiceError
 */
export const concludeObject = async (
  { object, letters }: Opened,
  outcomes: Outcomes,
  { configuration, counts, onLeft }: ReplayTools,
): Promise<void> => {
  const fates = letters.map((letter) => fateOf(letter, outcomes));
  const left = fates.filter((fate) => fate.kind !== 'settled');
  const location = { bucket: configuration.deadLetter.bucket, key: object.key };
  const isChanged = left.length < fates.length || left.some(({ kind }) => kind === 'refused');
  if (left.length === 0) {
    await deleteObject(location);
    counts.removedObjects++;
  } else if (isChanged && object.form === 'rejected') {
    const body = left.map(({ line }) => `${line}\n`).join('');
    await writeObject(location, body);
  }
  counts.settled += fates.length - left.length;
  for (const fate of left) {
    counts[COUNTED_AS[fate.kind]]++;
    if (fate.kind === 'unsettled') continue;
    const { kind, id, cause } = fate;
    onLeft({ object: object.key, kind, id, cause });
  }
};

/** Tells of the letters in an object, as they were stored. */
export const reportObject = (
  { object, letters }: Opened,
  { counts, onLeft }: ReplayTools,
): void => {
  for (const letter of letters) {
    const isStray = letter.kind === 'stray';
    if (isStray) counts.strays++;
    onLeft({
      object: object.key,
      kind: isStray ? 'stray' : 'waiting',
      id: isStray ? undefined : letter.id,
      cause: letter.cause,
    });
  }
};

const COUNTED_AS = { refused: 'refused', stray: 'strays', unsettled: 'unsettled' } as const;

/** What became of a letter; where it stays, by which line. */
type Fate =
  | { readonly kind: 'settled' }
  | {
      readonly kind: 'refused' | 'stray';
      readonly id: string | undefined;
      readonly cause: Cause;
      readonly line: string;
    }
  | { readonly kind: 'unsettled'; readonly line: string };

const fateOf = (letter: Letter | Stray, outcomes: Outcomes): Fate => {
  if (letter.kind === 'stray') return { ...letter, id: undefined };
  const outcome = outcomes.get(letter.table)?.get(letter.id);
  switch (outcome?.kind) {
    case 'written':
      return { kind: 'settled' };
    case 'rejected':
      return refusedAgain(letter, outcome.rejection);
    default:
      return { kind: 'unsettled', line: letter.line };
  }
};

const refusedAgain = (
  { table, id, record, line }: Letter,
  { of, operation, status, error }: Rejection,
): Fate => {
  const image = (of.kind === 'change' ? of.image : undefined) ?? imageOf(record);
  const now = {
    index: table.index,
    operation,
    status,
    error,
    rejected_at: new Date().toISOString(),
  };
  return {
    kind: 'refused',
    id,
    cause: causeOf({ table, status, ...error, image }),
    line: JSON.stringify({ ...parseObject(line), ...now, record }),
  };
};
