/** A mutant that no test can kill, because it does what the original does, or nothing that matters. */
export type Survivor = {
  /** In function/src/core. */
  readonly file: string;
  /** The lines that the mutation changes, as they are after it, in one line. */
  readonly mutant: string;
  readonly why: string;
};

/** All mutants that may survive. One that dies after all is to be taken out. */
export const survivors: readonly Survivor[] = [
  {
    file: 'where.ts',
    mutant: 'if (false || !allowed.has(text)) return false;',
    why: 'no set of texts has undefined; the compiler wants to be told',
  },
];
