import { describe, expect, test } from 'vitest';
import { CONTESTANTS, type ContestantName } from '../../../scripts/bench/contest.ts';
import type { Effort } from '../../../scripts/bench/messages.ts';
import { scenarioReport } from '../../../scripts/bench/report.ts';
import { resultOf } from '../../../scripts/bench/result.ts';
import type { Sample } from '../../../scripts/bench/round.ts';
import { scenarios } from '../../../scripts/bench/scenario.ts';
import { targetsOf } from '../../../scripts/bench/target.ts';

const [scenario] = scenarios;
const effort = (milliseconds: number, cpuMilliseconds: number): Effort => ({
  milliseconds,
  cpuMilliseconds,
});

const MILLISECONDS: Readonly<Record<ContestantName, number>> = {
  floor: 100,
  'floor-whole': 80,
  least: 90,
  simple: 160,
  helper: 160,
  function: 80,
};

/** A round whose every time is `slowness` times as long as that of a quiet one. */
const sample = (contestant: ContestantName, round: number, slowness: number): Sample => ({
  scenario,
  contestant,
  round,
  records: 1000,
  batches: 10,
  functionRequests: 20,
  measurement: {
    work: effort(
      MILLISECONDS[contestant] * slowness,
      (contestant === 'function' ? 9 : 10) * slowness,
    ),
    parse: contestant.startsWith('floor') ? undefined : effort(5, 4 * slowness),
    hash: contestant.startsWith('floor') ? effort(1, 1) : undefined,
  },
});

const samples = [1, 3, 2].flatMap((slowness, round) =>
  CONTESTANTS.map((contestant) => sample(contestant, round, slowness)),
);

describe('the result of a scenario', () => {
  const result = resultOf(scenario, samples);
  const row = result.rows.find(({ contestant }) => contestant === 'function');

  test('compares with the faster floor', () => {
    expect(result.floor).toBe('floor-whole');
    expect(row?.speedToFloor.median).toBe(1);
  });

  test('takes ratios within a round, so that a slow one changes none', () => {
    expect(row?.cpuToSimple).toMatchObject({ minimum: 0.9, maximum: 0.9 });
    expect(row?.recordsPerSecond.maximum).toBeGreaterThan(2 * (row?.recordsPerSecond.minimum ?? 0));
  });

  test('takes the parse of the event off both sides', () => {
    expect(row?.ownToSimple?.median).toBeCloseTo(5 / 6);
  });

  test('says of each target whether it is met', () => {
    expect(targetsOf(result).map(({ isMet }) => isMet)).toEqual([true, true, false]);
  });

  test('is printed in at most 100 columns', () => {
    const widths = scenarioReport(result)
      .split('\n')
      .map((line) => line.length);
    expect(Math.max(...widths)).toBeLessThanOrEqual(100);
  });
});
