import type { Survivor } from './survivors.ts';

/** A mutant that no test has killed. */
export type Alive = Pick<Survivor, 'file' | 'mutant'> & {
  /** From 1. */
  readonly line: number;
};

/** In what the mutants that are alive differ from those that may be. */
export type Reconciliation = {
  readonly unexplained: readonly Alive[];
  /** Explanations of mutants that are dead, or no longer there. */
  readonly idle: readonly Survivor[];
};

/** Holds the mutants that are alive in some files against the explanations. */
export const reconcile = (
  alive: readonly Alive[],
  survivors: readonly Survivor[],
  files: ReadonlySet<string>,
): Reconciliation => {
  const explained = new Set(survivors.map(nameOf));
  const seen = new Set(alive.map(nameOf));
  return {
    unexplained: alive.filter((mutant) => !explained.has(nameOf(mutant))),
    idle: survivors.filter((mutant) => files.has(mutant.file) && !seen.has(nameOf(mutant))),
  };
};

const nameOf = ({ file, mutant }: Pick<Survivor, 'file' | 'mutant'>): string =>
  `${file}\n${mutant}`;
