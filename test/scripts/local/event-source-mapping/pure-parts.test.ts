import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventText, nextBatch } from '../../../../scripts/local/event-source-mapping/batch.ts';
import type { Judgement } from '../../../../scripts/local/event-source-mapping/judgement.ts';
import { laneOf } from '../../../../scripts/local/event-source-mapping/lane-of.ts';
import {
  type Delivery,
  type Step,
  stepAfter,
} from '../../../../scripts/local/event-source-mapping/retry.ts';
import { completeSettings } from '../../../../scripts/local/event-source-mapping/settings.ts';
import type { StreamRecord } from '../../../../scripts/local/event-source-mapping/source.ts';
import { anySettings } from './faults.ts';

const payloadLimitBytes = 6 * 1024 * 1024;

const recordOf = (text: string, sequenceNumber = '1'): StreamRecord => ({
  sequenceNumber,
  text,
  textBytes: Buffer.byteLength(text),
  partitionKey: text,
  itemKey: text,
  createdEpochSeconds: 0,
});

const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => recordOf('{}', String(index)));

test('a batch is the longest one within the batch size and 6 MB, and full exactly when one more would not fit', () => {
  const kilobytes = fc.constantFrom(1, 100, 400, 3_000);
  const sizes = fc.array(kilobytes, { minLength: 1, maxLength: 40 });
  const fits = (records: readonly StreamRecord[], batchSize: number) =>
    records.length <= batchSize &&
    (records.length === 1 || Buffer.byteLength(eventText(records)) <= payloadLimitBytes);
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 30 }), (all, batchSize) => {
      const waiting = all.map((size) => recordOf('x'.repeat(size * 1024 - 3)));
      const { count, isFull } = nextBatch(waiting, batchSize);
      expect(fits(waiting.slice(0, count), batchSize)).toBe(true);
      const fitsOneMore = count < waiting.length && fits(waiting.slice(0, count + 1), batchSize);
      expect(fitsOneMore).toBe(false);
      expect(isFull).toBe(count < waiting.length || count === batchSize);
    }),
    { numRuns: 30 },
  );
});

test('the comma between two records counts towards the 6 MB', () => {
  const restBytes = payloadLimitBytes - eventText([]).length - 10;
  const isTogether = (bytes: number) =>
    nextBatch([recordOf('x'.repeat(10)), recordOf('x'.repeat(bytes))], 2).count === 2;
  expect(isTogether(restBytes - 1)).toBe(true);
  expect(isTogether(restBytes)).toBe(false);
});

test('the event is the JSON of its records', () => {
  const texts = fc.array(fc.json(), { maxLength: 5 });
  fc.assert(
    fc.property(texts, (all) => {
      const event = eventText(all.map((text) => recordOf(text)));
      expect(JSON.parse(event)).toEqual({ Records: all.map((text) => JSON.parse(text)) });
    }),
  );
});

test('a record’s lane is one there is, and the same for the same key', () => {
  fc.assert(
    fc.property(fc.string(), anySettings, (key, input) => {
      const settings = completeSettings(input);
      const lane = laneOf(recordOf(key), settings);
      expect(lane).toBe(laneOf(recordOf(key, '2'), settings));
      expect(lane).toBeLessThan(settings.parallelizationFactor);
      expect(lane).toBeGreaterThanOrEqual(0);
    }),
  );
});

const leftOver = (step: Step): readonly StreamRecord[] => {
  switch (step.kind) {
    case 'settled':
      return [];
    case 'retry':
    case 'discard':
      return step.delivery.records;
    case 'bisect':
      return step.deliveries.flatMap(({ records }) => records);
    case 'newBatch':
      return step.records;
  }
};

const judgements: fc.Arbitrary<Judgement> = fc.oneof(
  fc.constant({ kind: 'success' } as const),
  fc.constant({ kind: 'failure' } as const),
  fc.record({ kind: fc.constant('partial' as const), firstFailed: fc.nat(9) }),
);

test('after an invocation everything from the checkpoint on is left, in order, and nothing before it', () => {
  fc.assert(
    fc.property(judgements, anySettings, fc.nat(3), (judgement, input, retries) => {
      const delivery: Delivery = { records: numbered(10), retries, invocations: 1 };
      const checkpoint = { success: 10, failure: 0, partial: 0 }[judgement.kind];
      const from = judgement.kind === 'partial' ? judgement.firstFailed : checkpoint;
      const step = stepAfter(delivery, judgement, completeSettings(input));
      expect(leftOver(step)).toEqual(delivery.records.slice(from));
    }),
  );
});

test('every failure uses up a retry or makes the batch smaller, so that a finite quota ends', () => {
  const failures = judgements.filter(({ kind }) => kind !== 'success');
  fc.assert(
    fc.property(
      failures,
      anySettings,
      fc.integer({ min: 1, max: 10 }),
      (judgement, input, length) => {
        const delivery: Delivery = { records: numbered(length), retries: 0, invocations: 1 };
        const settings = completeSettings({ ...input, maximumRetryAttempts: 1 });
        const bounded: Judgement =
          judgement.kind === 'partial'
            ? { kind: 'partial', firstFailed: Math.min(judgement.firstFailed, length - 1) }
            : judgement;
        const step = stepAfter(delivery, bounded, settings);
        const isRetried = step.kind === 'retry' && step.delivery.retries === 1;
        const pieces = step.kind === 'bisect' ? step.deliveries : [{ records: leftOver(step) }];
        expect(isRetried || pieces.every(({ records }) => records.length < length)).toBe(true);
      },
    ),
  );
});
