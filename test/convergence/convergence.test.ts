import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { historyText } from './history.ts';
import { searchDivergence } from './search.ts';
import { newTally } from './tally.ts';
import { testSites } from './test-sites.ts';

// `npm run prove` is the long form: an hour, with nodes that are restarted.
const NO_MORE_AFTER_MILLISECONDS = 12_000;

type Version = '3.8' | '2.19';

const siteOf = testSites('3.8', '2.19');

/** Has histories happen one after the other; what diverged, with the command that repeats it. */
const divergences = async (version: Version): Promise<readonly string[]> => {
  const found: string[] = [];
  const tally = newTally();
  const start = performance.now();
  do {
    const seed = randomInt(2 ** 31);
    const command = `npm run prove -- --seed ${seed} --opensearch ${version}`;
    await searchDivergence({
      site: siteOf(version),
      mayRestart: false,
      tally,
      seed,
      shrinkMilliseconds: 0, // the command has time for that
      onDivergence: (history, error) =>
        void found.push([command, historyText(history), error].join('\n')),
    });
  } while (performance.now() - start < NO_MORE_AFTER_MILLISECONDS);
  expect(tally.of('work', 'records')).toBeGreaterThan(0);
  return found;
};

describe.concurrent('whatever happens, the index equals the table in the end, each rejected item has its letter, and the counts add up', () => {
  test.each<Version>(['3.8', '3.8', '2.19'])(
    'on OpenSearch %s',
    async (version) => expect(await divergences(version)).toEqual([]),
    300_000,
  );
});
