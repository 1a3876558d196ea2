import { randomInt } from 'node:crypto';
import { historyText } from '../../test/convergence/history.ts';
import { searchDivergence } from '../../test/convergence/search.ts';
import type { Tally } from '../../test/convergence/tally.ts';
import type { Lane } from './stand.ts';

/** A history after which the index was not what it should be, as a report has it. */
export interface Found {
  readonly history: string;
  readonly error: string;
  /** The command that repeats it. */
  readonly command: string;
}

/** How histories are run. */
export interface RunParts {
  readonly tally: Tally;
  /** Whether another history may begin. */
  readonly goesOn: () => boolean;
  readonly onFound: (found: Found, which: 'as it happened' | 'smaller') => void;
}

const SHRINK_MILLISECONDS = 3 * 60_000;

/** Has histories happen in a lane until time is over or one of them diverges. */
export const runLane = async (lane: Lane, parts: RunParts): Promise<void> => {
  while (parts.goesOn()) await runOne(lane, { seed: randomInt(2 ** 31) }, parts);
};

/** Has one history happen. */
export const runOne = async (
  { site, isRestarting }: Lane,
  { seed, path }: { readonly seed: number; readonly path?: string | undefined },
  { tally, onFound }: RunParts,
): Promise<void> => {
  const commandOf = (smaller: string) =>
    `npm run prove -- --seed ${seed}${smaller}${isRestarting ? ' --restarts' : ''} --opensearch ${site.node.version}`;
  const details = await searchDivergence({
    site,
    mayRestart: isRestarting,
    tally,
    seed,
    path,
    shrinkMilliseconds: SHRINK_MILLISECONDS,
    onDivergence: (history, error) =>
      onFound(
        { history: historyText(history), error: textOf(error), command: commandOf('') },
        'as it happened',
      ),
  });
  const [history] = details.counterexample ?? [];
  if (!details.failed || history === undefined) return;
  const command = commandOf(` --path ${details.counterexamplePath}`);
  onFound(
    { history: historyText(history), error: textOf(details.errorInstance), command },
    'smaller',
  );
};

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
