import type { HeldDocument } from './held-document.ts';
import { type Comparison, type FieldDifference, unexplainedDifferences } from './same-document.ts';

/** Fields in which a document was wrong at every look since its item was first seen to change, and the item always the same. */
export type Unexplained = {
  /** The document that the item made then; undefined once there is nothing to be held against it. */
  readonly text: string | undefined;
  /** Their paths; undefined before the first comparison. */
  readonly paths: readonly string[] | undefined;
};

/** An item and its document, as a look has found them. */
export type Pair = {
  /** The document that the item makes; undefined where there should be none. */
  readonly text: string | undefined;
  readonly held: HeldDocument;
  readonly comparison: Comparison;
};

/** What no change of the item explains, at this look and at all those before it. */
export const differencesUnexplained = (
  before: Unexplained | undefined,
  { text, held, comparison }: Pair,
): readonly FieldDifference[] => {
  const source = held.kind === 'different' ? held.source : undefined;
  if (before?.text === undefined || text === undefined || source === undefined) return [];
  const found = unexplainedDifferences([before.text, text], source, comparison);
  return found.filter(({ path }) => before.paths?.includes(path) ?? true);
};

/** What is to be remembered for the next look. */
export const stillUnexplained = (
  before: Unexplained | undefined,
  pair: Pair,
  differences: readonly FieldDifference[],
): Unexplained =>
  before === undefined
    ? { text: pair.text, paths: undefined }
    : {
        text: differences.length > 0 ? before.text : undefined,
        paths: differences.map(({ path }) => path),
      };
