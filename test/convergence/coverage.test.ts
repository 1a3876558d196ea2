import { expect, test } from 'vitest';
import { missedBy } from './coverage.ts';
import { newTally } from './tally.ts';
import { OPENSEARCH_FAULTS } from './weather/open-search-faults.ts';

test('a run in which nothing happened has missed everything', () => {
  const missed = missedBy(newTally());
  for (const fault of Object.keys(OPENSEARCH_FAULTS)) expect(missed).toContain(`fault: ${fault}`);
  expect(missed).toContain('late: after a newer one');
});

test('what happened once is not missed, and what happened no time is', () => {
  const tally = newTally();
  tally.count('ending', 'crashed');
  tally.count('ending', 'timed-out', 0);
  const missed = missedBy(tally);
  expect(missed).not.toContain('ending: crashed');
  expect(missed).toContain('ending: timed-out');
});
