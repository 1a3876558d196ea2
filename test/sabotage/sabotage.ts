/** A defect that somebody could make without the compiler noticing, and the test that has to notice. */
export type Sabotage = {
  /** What goes wrong, as a sentence. */
  readonly what: string;
  /** From the top of the repository. */
  readonly file: string;
  /** What stands in the file, exactly once. */
  readonly replace: string;
  readonly by: string;
  readonly caughtBy: Catcher;
};

/** The tests that are run for a sabotage. */
export type Catcher = {
  /** A test file, from the top of the repository. */
  readonly file: string;
  /** What the names of the tests hold; all of the file are run where this is left out. */
  readonly named?: string;
};

/** A source file's text with the defect in it. @throws Error where the text to be replaced is not there exactly once */
export const sabotaged = (source: string, { what, file, replace, by }: Sabotage): string => {
  const times = source.split(replace).length - 1;
  if (times === 1) return source.replace(replace, () => by);
  throw new Error(
    `"${what}" replaces a text that stands ${times} times in ${file} instead of once; give it the text as it is now:\n${replace}`,
  );
};
