/** Files of a dependency that are bundled with less in them, since the function never needs the rest. */
export interface Cut {
  /** What is left out, to follow "The cut of". */
  readonly name: string;
  /** Matches the absolute path of each file that is changed. */
  readonly files: RegExp;
  /** What is bundled instead of the file; throws if the file has nothing to cut any more. */
  contents(path: string): string;
}

/** Throws if a cut met no file: it would only mislead those who read the list of cuts. */
export const assertAllMade = (cuts: readonly Cut[], made: ReadonlySet<string>): void => {
  const idle = cuts.find(({ name }) => !made.has(name));
  if (idle !== undefined)
    throw new Error(`The cut of ${idle.name} met no file: remove it from scripts/build/cuts.ts.`);
};
