import type { Item } from './attribute-value.ts';
import type { HeldDocument } from './held-document.ts';
import type { FieldDifference } from './same-document.ts';
import {
  differencesUnexplained,
  type Pair,
  stillUnexplained,
  type Unexplained,
} from './unexplained.ts';
import { CLOCK_TOLERANCE_SECONDS } from './version.ts';

/** A document that was not what its item says when both were looked at last: a change may be on its way. */
export type Suspicion = {
  readonly id: string;
  /** Key of the item; undefined for a document that no item can have made, or whose key nobody can tell. */
  readonly key: Item | undefined;
  /** Digest of the document that the item made at the last look; undefined where there should be none. */
  readonly expected: string | undefined;
  /** Of the document at the last look; undefined where there was none. */
  readonly version: number | undefined;
  /** DynamoDB's time of the first look, in microseconds since 1970. */
  readonly firstSeen: number;
  /** How many looks in a row have found both as they were. */
  readonly looks: number;
  /** How many looks have found one of them changed. */
  readonly changes: number;
  /** Whether the document was seen to follow the table since the first look. */
  readonly isFollowed: boolean;
  /** What no change explains; undefined before the first change. */
  readonly unexplained: Unexplained | undefined;
};

/** What was found when item and document were looked at. */
export type Look = {
  /** Digest of the document that the item makes; undefined where there should be none. */
  readonly expected: string | undefined;
  readonly held: HeldDocument;
  /** DynamoDB's time, in microseconds since 1970. */
  readonly now: number;
};

/** What another look at item and document has found. */
export type AnotherLook = Look & Pair;

/** In which way a document is not what the table says. */
export type DifferenceKind = 'missing' | 'extra' | 'stale';

/** What becomes of a suspicion. */
export type LookVerdict =
  /** It was a change on its way. */
  | { readonly kind: 'equal' }
  | { readonly kind: 'again'; readonly suspicion: Suspicion }
  | {
      readonly kind: 'difference';
      readonly difference: DifferenceKind;
      readonly field: FieldDifference | undefined;
    }
  /** It changes too often to be caught equal, but its document follows, as far as anybody can tell. */
  | { readonly kind: 'changing' };

/** Both must be found as they were so many times before their difference counts. */
export const LOOKS = 3;

const MOST_CHANGES = 8;

/** A suspicion as it is when item and document are first found to differ. */
export const newSuspicion = (
  { id, key }: Pick<Suspicion, 'id' | 'key'>,
  { expected, held, now }: Look,
): Suspicion => ({
  id,
  key,
  expected,
  version: versionOf(held),
  firstSeen: now,
  looks: 0,
  changes: 0,
  isFollowed: false,
  unexplained: undefined,
});

/** Judges a suspicion by another look. */
export const judgeLook = (suspicion: Suspicion, look: AnotherLook): LookVerdict => {
  const { expected, held } = look;
  if (held.kind === 'equal' || (held.kind === 'absent' && expected === undefined)) return EQUAL;
  const version = versionOf(held);
  const next = { ...suspicion, expected, version };
  if (expected === suspicion.expected && version === suspicion.version) {
    const looks = suspicion.looks + 1;
    return looks < LOOKS ? { kind: 'again', suspicion: { ...next, looks } } : differenceIn(look);
  }
  const changes = suspicion.changes + 1;
  const isFollowed = suspicion.isFollowed || hasFollowed(suspicion, look);
  const lasting = differencesUnexplained(suspicion.unexplained, look);
  if (changes < MOST_CHANGES) {
    const unexplained = stillUnexplained(suspicion.unexplained, look, lasting);
    return { kind: 'again', suspicion: { ...next, looks: 0, changes, isFollowed, unexplained } };
  }
  if (!isFollowed) return differenceIn(look);
  const [field] = lasting;
  return field ? { kind: 'difference', difference: 'stale', field } : { kind: 'changing' };
};

const EQUAL: LookVerdict = { kind: 'equal' };

const versionOf = (held: HeldDocument): number | undefined =>
  held.kind === 'absent' ? undefined : held.version;

const CLOCK_TOLERANCE_MICROSECONDS = CLOCK_TOLERANCE_SECONDS * 1_000_000;

/** Whether a change of the table has reached the document since the first look; a version in the future is nobody's change. */
const hasFollowed = (suspicion: Suspicion, { held, now }: Look): boolean => {
  const version = versionOf(held);
  if ((version === undefined) !== (suspicion.version === undefined)) return true;
  if (version === undefined) return false;
  return version > suspicion.firstSeen && version <= now + CLOCK_TOLERANCE_MICROSECONDS;
};

const differenceIn = ({ expected, held }: Look): LookVerdict => {
  const field = held.kind === 'different' ? held.difference : undefined;
  if (expected === undefined) return { kind: 'difference', difference: 'extra', field };
  return { kind: 'difference', difference: held.kind === 'absent' ? 'missing' : 'stale', field };
};
