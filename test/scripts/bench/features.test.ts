import { expect, test } from 'vitest';
import { costOf } from '../../../scripts/bench/features/report.ts';
import { FEATURES, VARIANTS, withoutVersions } from '../../../scripts/bench/features/variant.ts';
import type { Measurement } from '../../../scripts/bench/messages.ts';

test('every feature compares two who take part', () => {
  const names = VARIANTS.map(({ name }) => name);
  for (const feature of FEATURES) {
    expect(names).toContain(feature.with);
    expect(names).toContain(feature.without);
  }
});

test('a body without versions has the same operations', () => {
  const body = Buffer.from(
    '{"index":{"_id":"ü","version":1700000000000000,"version_type":"external_gte"}}\n{"version":1}\n',
  );
  expect(Buffer.from(withoutVersions(body)).toString()).toBe(
    '{"index":{"_id":"ü"}}\n{"version":1}\n',
  );
});

test('what a feature costs is taken within a round, so that a slow one changes nothing', () => {
  const measured = (milliseconds: number): Measurement => ({
    work: { milliseconds, cpuMilliseconds: milliseconds },
    parse: undefined,
    hash: undefined,
  });
  const rounds = [1, 10, 2].map(
    (slowness) =>
      new Map([
        ['dear', measured(20 * slowness)],
        ['cheap', measured(10 * slowness)],
      ]),
  );
  const cost = costOf(
    { title: '', with: 'dear', without: 'cheap' },
    { recordsPerRound: 2000, rounds },
  );
  expect(cost.cpu.with.median).toBe(20);
  expect(cost.cpuRatio).toMatchObject({ minimum: 2, maximum: 2 });
  expect(cost.speedRatio).toMatchObject({ minimum: 0.5, maximum: 0.5 });
});
