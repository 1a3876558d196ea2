import fc from 'fast-check';
import type { SettingsInput } from '../../../../scripts/local/event-source-mapping/settings.ts';
import type { InvocationResult } from '../../../../scripts/local/lambda/invocation-result.ts';
import { answer, functionError, report } from './harness.ts';

/** What the function of a property does with one invocation, and how long it takes to do it. */
export interface Behaviour {
  readonly kind: 'take' | 'fail' | 'timeOut' | 'crash' | 'refuse' | 'babble' | 'report';
  /** For `report`: positions in the batch, as fractions. */
  readonly reported: readonly number[];
  readonly milliseconds: number;
}

/** Any behaviour. */
export const anyBehaviour: fc.Arbitrary<Behaviour> = fc.record({
  kind: fc.constantFrom('take', 'fail', 'timeOut', 'crash', 'refuse', 'babble', 'report'),
  reported: fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), {
    minLength: 1,
    maxLength: 3,
  }),
  milliseconds: fc.nat(20_000),
});

/** Any settings that matter to the order and the fate of records. */
export const anySettings: fc.Arbitrary<SettingsInput> = fc.record({
  startingPosition: fc.constant('TRIM_HORIZON'),
  batchSize: fc.integer({ min: 1, max: 6 }),
  maximumBatchingWindowInSeconds: fc.nat(2),
  parallelizationFactor: fc.integer({ min: 1, max: 3 }),
  bisectBatchOnFunctionError: fc.boolean(),
  maximumRetryAttempts: fc.integer({ min: -1, max: 3 }),
  maximumRecordAgeInSeconds: fc.constantFrom(-1, 60),
  reportBatchItemFailures: fc.boolean(),
  undocumented: fc.record({
    concurrencyKey: fc.constantFrom('partitionKey', 'item'),
    pausedByRetry: fc.constantFrom('lane', 'shard'),
    afterPartialFailure: fc.constantFrom('retryRest', 'newBatch'),
    firstRecordReported: fc.constantFrom('bisect', 'retry'),
    unlistedAnswer: fc.constantFrom('failure', 'success'),
    bisectedLonger: fc.constantFrom('first', 'second'),
    discardedByAge: fc.constantFrom('records', 'batch'),
    afterEmptyWindow: fc.constantFrom('newWindow', 'atOnce'),
  }),
});

/** How an invocation of that behaviour ends; throws where Lambda could not invoke the function. */
export const resultOf = (
  { kind, reported }: Behaviour,
  numbers: readonly string[],
): InvocationResult => {
  switch (kind) {
    case 'take':
      return answer({ batchItemFailures: [] });
    case 'fail':
      return functionError;
    case 'timeOut':
      return { kind: 'timed-out', requestId: 'request' };
    case 'crash':
      return { kind: 'crashed', requestId: 'request', reason: 'exit status 1' };
    case 'refuse':
      throw new Error('throttled');
    case 'babble':
      return answer('babble');
    case 'report':
      return report(...reported.map((fraction) => numbers[positionOf(fraction, numbers)] ?? ''));
  }
};

/** How many records of the batch, from its first on, that behaviour takes for good. */
export const takenBy = (
  { kind, reported }: Behaviour,
  numbers: readonly string[],
  settings: SettingsInput,
): number => {
  const isAnswered = kind === 'take' || kind === 'babble' || kind === 'report';
  if (!isAnswered) return 0;
  if (kind === 'take' || settings.reportBatchItemFailures === false) return numbers.length;
  if (kind === 'babble')
    return settings.undocumented?.unlistedAnswer === 'success' ? numbers.length : 0;
  return Math.min(...reported.map((fraction) => positionOf(fraction, numbers)));
};

const positionOf = (fraction: number, numbers: readonly string[]): number =>
  Math.floor(fraction * numbers.length);
