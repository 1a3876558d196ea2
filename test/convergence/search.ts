import fc, { type RunDetails } from 'fast-check';
import { histories } from './arbitraries.ts';
import type { History } from './history.ts';
import { runHistory } from './run-history.ts';
import type { Site } from './site.ts';
import type { Tally } from './tally.ts';

/** Where to look for a history after which the index is not what it should be. */
export type SearchParts = {
  readonly site: Site;
  /** Whether the node is one's own. */
  readonly mayRestart: boolean;
  readonly tally: Tally;
  readonly seed: number;
  /** Of a smaller one, where one was found before. */
  readonly path?: string | undefined;
  /** Told of the first such history at once, before any time is spent on a smaller one. */
  readonly onDivergence: (history: History, error: unknown) => void;
  readonly shrinkMilliseconds: number;
};

/** Has the history of a seed happen; if the index diverges, looks for a smaller one that does it too. */
export const searchDivergence = async (parts: SearchParts): Promise<RunDetails<[History]>> => {
  const { site, mayRestart, tally, seed, path, onDivergence, shrinkMilliseconds } = parts;
  let shrinkingSince: number | undefined;
  const property = fc.asyncProperty(histories(mayRestart), async (history) => {
    const isOver =
      shrinkingSince !== undefined && performance.now() - shrinkingSince > shrinkMilliseconds;
    if (isOver) return; // what was found so far is small enough
    try {
      await runHistory(history, site, tally);
    } catch (error) {
      if (shrinkingSince === undefined) onDivergence(history, error);
      shrinkingSince ??= performance.now();
      throw error;
    }
  });
  return fc.check(property, {
    seed,
    numRuns: 1,
    unbiased: true,
    ...(path !== undefined && { path }),
  });
};
