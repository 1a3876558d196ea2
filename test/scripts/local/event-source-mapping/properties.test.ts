import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startEventSourceMapping } from '../../../../scripts/local/event-source-mapping/event-source-mapping.ts';
import {
  createInMemoryStream,
  type InMemoryStream,
} from '../../../../scripts/local/event-source-mapping/in-memory-stream.ts';
import type { SettingsInput } from '../../../../scripts/local/event-source-mapping/settings.ts';
import { anyBehaviour, anySettings, type Behaviour, resultOf, takenBy } from './faults.ts';
import { sequenceNumbersOf } from './harness.ts';
import { createVirtualClock, startEpochSeconds } from './virtual-clock.ts';

interface Scenario {
  readonly settings: SettingsInput;
  /** What the function does, invocation by invocation; afterwards it takes everything. */
  readonly behaviours: readonly Behaviour[];
  /** Items as partition key and sort key, in the order of their changes before and after the shard splits. */
  readonly before: readonly (readonly [string, string])[];
  readonly after: readonly (readonly [string, string])[];
}

type Happening =
  | { readonly kind: 'sent' | 'over'; readonly numbers: readonly string[] }
  | { readonly kind: 'settled'; readonly numbers: readonly string[] };

interface Outcome {
  readonly happenings: readonly Happening[];
  readonly discarded: readonly string[];
  /** Item and shard of each sequence number. */
  readonly records: ReadonlyMap<string, { readonly item: string; readonly shardId: string }>;
  readonly statistics: { readonly settled: number; readonly discarded: number };
}

const items = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('x', 'y')), {
  maxLength: 12,
});

const scenarios: fc.Arbitrary<Scenario> = fc.record({
  settings: anySettings,
  behaviours: fc.array(anyBehaviour, { maxLength: 25 }),
  before: items,
  after: items,
});

const fill = (stream: InMemoryStream, { before, after }: Scenario): Outcome['records'] => {
  const records = new Map<string, { item: string; shardId: string }>();
  const put = (shardId: string, [partition, sort]: readonly [string, string]) => {
    const change = { shardId, partition, sort, createdEpochSeconds: startEpochSeconds };
    records.set(stream.put(change), { item: `${partition}${sort}`, shardId });
  };
  for (const item of before) put('shard-1', item);
  stream.closeShard('shard-1');
  stream.openShard({ shardId: 'shard-2', parentShardId: 'shard-1' });
  stream.openShard({ shardId: 'shard-3', parentShardId: 'shard-1' });
  for (const item of after) put(item[0] === 'a' ? 'shard-2' : 'shard-3', item);
  return records;
};

const play = async (scenario: Scenario): Promise<Outcome> => {
  const stream = createInMemoryStream();
  const clock = createVirtualClock();
  const records = fill(stream, scenario);
  const happenings: Happening[] = [];
  const discarded: string[] = [];
  let invocations = 0;
  const mapping = startEventSourceMapping({
    source: stream.source,
    clock,
    settings: scenario.settings,
    onFailure: async ({ body }) => {
      const numbers = sequenceNumbersOf(JSON.parse(body).payload);
      discarded.push(...numbers);
      happenings.push({ kind: 'settled', numbers });
    },
    invoke: async (event) => {
      const numbers = sequenceNumbersOf(event);
      const behaviour = scenario.behaviours[invocations++] ?? taking;
      happenings.push({ kind: 'sent', numbers });
      await clock.wait(behaviour.milliseconds, new AbortController().signal);
      happenings.push({ kind: 'over', numbers });
      const taken =
        behaviour.kind === 'refuse' ? 0 : takenBy(behaviour, numbers, scenario.settings);
      happenings.push({ kind: 'settled', numbers: numbers.slice(0, taken) });
      return resultOf(behaviour, numbers);
    },
  });
  await mapping.drained();
  await mapping.stop();
  return { happenings, discarded, records, statistics: mapping.statistics };
};

const taking: Behaviour = { kind: 'take', reported: [], milliseconds: 1 };

const holds = (check: (outcome: Outcome, scenario: Scenario) => void) =>
  fc.assert(
    fc.asyncProperty(scenarios, async (scenario) => check(await play(scenario), scenario)),
    { numRuns: 200 },
  );

test('every record is taken by the function or handed to the on-failure destination, exactly once', () =>
  holds(({ happenings, records, statistics, discarded }) => {
    const settled = happenings.flatMap(({ kind, numbers }) => (kind === 'settled' ? numbers : []));
    expect(settled.toSorted()).toEqual([...records.keys()].toSorted());
    expect(statistics).toMatchObject({
      settled: records.size - discarded.length,
      discarded: discarded.length,
    });
  }));

test('a record is never sent again once it was taken or discarded', () =>
  holds(({ happenings }) => {
    const settled = new Set<string>();
    for (const { kind, numbers } of happenings) {
      if (kind === 'sent') expect(numbers.filter((number) => settled.has(number))).toEqual([]);
      if (kind === 'settled') for (const number of numbers) settled.add(number);
    }
  }));

test('a record is sent only with, or after, everything that came before it for its item', () =>
  holds(({ happenings, records }) => {
    const settled = new Set<string>();
    for (const { kind, numbers } of happenings) {
      if (kind === 'settled') for (const number of numbers) settled.add(number);
      if (kind !== 'sent') continue;
      for (const [index, number] of numbers.entries()) {
        const sameBatch = new Set(numbers.slice(0, index));
        for (const [earlier, { item }] of records)
          if (item === records.get(number)?.item && BigInt(earlier) < BigInt(number))
            expect(settled.has(earlier) || sameBatch.has(earlier)).toBe(true);
      }
    }
  }));

test('an item is never in two invocations at a time', () =>
  holds(({ happenings, records }) => {
    const running = new Map<string, number>();
    const count = (numbers: readonly string[], change: number) => {
      for (const item of new Set(numbers.map((number) => records.get(number)?.item ?? '')))
        running.set(item, (running.get(item) ?? 0) + change);
    };
    for (const { kind, numbers } of happenings) {
      if (kind === 'sent') count(numbers, 1);
      if (kind === 'over') count(numbers, -1);
      expect([...running.values()].every((invocations) => invocations <= 1)).toBe(true);
    }
  }));

test('a shard is settled to its end before a record of its children is sent', () =>
  holds(({ happenings, records }) => {
    const open = new Set(
      [...records].filter(([, { shardId }]) => shardId === 'shard-1').map(([number]) => number),
    );
    for (const { kind, numbers } of happenings) {
      if (kind === 'settled') for (const number of numbers) open.delete(number);
      const isChild = numbers.some((number) => records.get(number)?.shardId !== 'shard-1');
      if (kind === 'sent' && isChild) expect([...open]).toEqual([]);
    }
  }));

test('a batch is from one shard, in order, without repetition and within the batch size', () =>
  holds(({ happenings, records }, { settings }) => {
    for (const { kind, numbers } of happenings) {
      if (kind !== 'sent') continue;
      expect(new Set(numbers.map((number) => records.get(number)?.shardId)).size).toBe(1);
      expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => Number(a) - Number(b)));
      expect(numbers.length).toBeLessThanOrEqual(settings.batchSize ?? 0);
    }
  }));
