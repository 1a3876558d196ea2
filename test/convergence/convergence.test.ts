import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { historyText } from './history.ts';
import { searchDivergence } from './search.ts';
import { newTally } from './tally.ts';
import { testSites } from './test-sites.ts';

// `npm run prove` is the long form: an hour, with nodes that are restarted.
const LONGEST_MILLISECONDS = 25_000;
const SIZE = { steps: 40, mayRestart: false };

const siteOf = testSites();

const expectNoDivergence = async (version: '3.8' | '2.19'): Promise<void> => {
  const site = await siteOf(version);
  const tally = newTally();
  const start = performance.now();
  for (let goesOn = true; goesOn; goesOn = performance.now() - start < LONGEST_MILLISECONDS / 2) {
    const seed = randomInt(2 ** 31);
    const { failed } = await searchDivergence({
      site,
      size: SIZE,
      tally,
      seed,
      shrinkMilliseconds: 0,
      onDivergence: (history, error) => {
        throw new Error(`seed ${seed}\n${historyText(history)}\n${error}`, { cause: error });
      },
    });
    expect(failed).toBe(false);
  }
  expect(tally.of('work', 'records')).toBeGreaterThan(0);
};

describe.concurrent('whatever happens, the index equals the table in the end, each rejected item has its letter, and the counts add up', () => {
  test.each(['3.8', '3.8', '2.19'] as const)('on OpenSearch %s', expectNoDivergence, 240_000);
});
