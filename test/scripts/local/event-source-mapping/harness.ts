import { onTestFinished } from 'vitest';
import type { Clock } from '../../../../scripts/local/event-source-mapping/clock.ts';
import {
  type EventSourceMapping,
  startEventSourceMapping,
} from '../../../../scripts/local/event-source-mapping/event-source-mapping.ts';
import {
  createInMemoryStream,
  type InMemoryChange,
  type InMemoryStream,
} from '../../../../scripts/local/event-source-mapping/in-memory-stream.ts';
import type { SettingsInput } from '../../../../scripts/local/event-source-mapping/settings.ts';
import type { InvocationResult } from '../../../../scripts/local/lambda/invocation-result.ts';
import { createVirtualClock, startEpochSeconds } from './virtual-clock.ts';

/** One invocation as the function saw it. */
export interface Seen {
  readonly sequenceNumbers: readonly string[];
  /** Since the test began. */
  readonly atMilliseconds: number;
}

/** An in-memory function: it gets the sequence numbers of its batch, and how many invocations came before. */
export type TestFunction = (
  sequenceNumbers: readonly string[],
  earlierInvocations: number,
) => InvocationResult | Promise<InvocationResult>;

/** A mapping over an in-memory stream and a virtual clock, and what it did. */
export interface Harness {
  readonly mapping: EventSourceMapping;
  readonly stream: InMemoryStream;
  readonly clock: Clock;
  readonly seen: readonly Seen[];
  /** The parsed on-failure objects. */
  readonly letters: readonly { readonly key: string; readonly body: unknown }[];
  /** Waits that many seconds of virtual time. */
  passSeconds(seconds: number): Promise<void>;
}

/** An answer with that JSON. */
export const answer = (value: unknown): InvocationResult => ({
  kind: 'answered',
  requestId: 'request',
  payload: JSON.stringify(value) ?? '',
});

/** An answer that reports these sequence numbers. */
export const report = (...sequenceNumbers: readonly string[]): InvocationResult =>
  answer({ batchItemFailures: sequenceNumbers.map((itemIdentifier) => ({ itemIdentifier })) });

/** A function error. */
export const functionError: InvocationResult = {
  kind: 'failed',
  requestId: 'request',
  errorType: 'Error',
  message: 'no',
};

/** Changes, one a key of the given letters, made when the test begins. */
export const changes = (keys: string): readonly InMemoryChange[] =>
  [...keys].map((partition) => ({ partition, createdEpochSeconds: startEpochSeconds }));

/** Starts a mapping over a stream that already holds the given changes. */
export const startHarness = (
  initial: readonly InMemoryChange[],
  settings: Partial<SettingsInput> = {},
  testFunction: TestFunction = () => answer(null),
): Harness => {
  const stream = createInMemoryStream();
  for (const change of initial) stream.put(change);
  return startHarnessOn(stream, settings, testFunction);
};

/** Starts a mapping over a prepared stream. */
export const startHarnessOn = (
  stream: InMemoryStream,
  settings: Partial<SettingsInput>,
  testFunction: TestFunction,
): Harness => {
  const clock = createVirtualClock();
  const seen: Seen[] = [];
  const letters: { key: string; body: unknown }[] = [];
  const mapping = startEventSourceMapping({
    source: stream.source,
    clock,
    settings: { startingPosition: 'TRIM_HORIZON', ...settings },
    mappingUuid: '7a0c1f6e-0000-4000-8000-000000000000',
    functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:orders-sync',
    onFailure: async ({ key, body }) => void letters.push({ key, body: JSON.parse(body) }),
    invoke: async (event) => {
      const sequenceNumbers = sequenceNumbersOf(event);
      const atMilliseconds = clock.nowEpochMilliseconds() - startEpochSeconds * 1000;
      seen.push({ sequenceNumbers, atMilliseconds });
      return testFunction(sequenceNumbers, seen.length - 1);
    },
  });
  onTestFinished(() => mapping.stop());
  const passSeconds = (seconds: number) => clock.wait(seconds * 1000, new AbortController().signal);
  return { mapping, stream, clock, seen, letters, passSeconds };
};

/** The sequence numbers of an event's records. */
export const sequenceNumbersOf = (event: string): readonly string[] => {
  const parsed: { Records: readonly { dynamodb: { SequenceNumber: string } }[] } =
    JSON.parse(event);
  return parsed.Records.map(({ dynamodb }) => dynamodb.SequenceNumber);
};

/** What the function saw, as texts like `1 2 3`. */
export const batchesOf = (seen: readonly Seen[]): readonly string[] =>
  seen.map(({ sequenceNumbers }) => sequenceNumbers.join(' '));
