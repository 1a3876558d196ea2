import { expect, test } from 'vitest';
import { recoveryIn } from '../../../scripts/bench/recovery/contest.ts';
import type { Passage } from '../../../scripts/bench/stack/passages.ts';

const passages = (...all: readonly Passage[]) =>
  new Map(all.map((passage, at) => [String(at), passage]));

const OUTAGE = { failed: 10_000, healed: 70_000 };

test('an outage is over when all that was changed in it is found, and what comes later as soon as before', () => {
  const seen = passages(
    { put: 1000, found: 2000 },
    { put: 2000, found: 2500 },
    { put: 20_000, found: 73_000 },
    { put: 71_000, found: 75_000 },
    { put: 76_000, found: 77_000 },
  );
  expect(recoveryIn(seen, OUTAGE)).toEqual({
    usualSeconds: 1,
    caughtUpSeconds: 3,
    usualAgainSeconds: 5,
    lost: 0,
  });
});

test('a change that no search found is lost, and the outage is never over', () => {
  const seen = passages({ put: 1000, found: 2000 }, { put: 20_000 });
  expect(recoveryIn(seen, OUTAGE)).toMatchObject({
    lost: 1,
    caughtUpSeconds: Number.POSITIVE_INFINITY,
  });
});
