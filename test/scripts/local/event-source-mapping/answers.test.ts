import { describe, expect, test } from 'vitest';
import { type Judgement, judge } from '../../../../scripts/local/event-source-mapping/judgement.ts';
import {
  completeSettings,
  type SettingsInput,
} from '../../../../scripts/local/event-source-mapping/settings.ts';
import type { StreamRecord } from '../../../../scripts/local/event-source-mapping/source.ts';
import type { InvocationResult } from '../../../../scripts/local/lambda/invocation-result.ts';
import { answer, functionError, report } from './harness.ts';

const records = ['999', '1000', '1001'].map(
  (sequenceNumber): StreamRecord => ({
    sequenceNumber,
    text: '{}',
    textBytes: 2,
    partitionKey: '',
    itemKey: '',
    createdEpochSeconds: 0,
  }),
);

const judgementOf = (result: InvocationResult, settings: Partial<SettingsInput> = {}): Judgement =>
  judge(
    result,
    records,
    completeSettings({
      startingPosition: 'LATEST',
      reportBatchItemFailures: true,
      ...settings,
    }),
  );

const answered = (payload: string): InvocationResult => ({
  kind: 'answered',
  requestId: 'request',
  payload,
});

describe('with ReportBatchItemFailures', () => {
  test.each([
    ['null', answer(null)],
    ['nothing', answered('')],
    ['an empty object', answer({})],
    ['an empty list', answer([])],
    ['an empty batchItemFailures', answer({ batchItemFailures: [] })],
    ['a null batchItemFailures', answer({ batchItemFailures: null })],
    ['an object without batchItemFailures', answer({ statusCode: 200 })],
  ])('%s is complete success', (_, result) => {
    expect(judgementOf(result)).toEqual({ kind: 'success' });
  });

  test.each([
    ['an empty itemIdentifier', report('1000', '')],
    ['a null itemIdentifier', answer({ batchItemFailures: [{ itemIdentifier: null }] })],
    ['a misspelt key name', answer({ batchItemFailures: [{ itemIdentifer: '1000' }] })],
  ])('%s is complete failure, whatever else stands in the list', (_, result) => {
    expect(judgementOf(result, { undocumented: { unlistedAnswer: 'success' } })).toEqual({
      kind: 'failure',
    });
  });

  test('the lowest sequence number, not the first or the lowest text, is the checkpoint', () => {
    expect(judgementOf(report('1001', '1000'))).toEqual({ kind: 'partial', firstFailed: 1 });
    expect(judgementOf(report('1000', '999'))).toEqual({ kind: 'partial', firstFailed: 0 });
  });

  describe.each(['failure', 'success'] as const)('taking what AWS does not list as %s', (kind) => {
    test.each([
      ['text that is not JSON', answered('{"batchItemFailures"')],
      ['a text', answer('ok')],
      ['a number', answer(3)],
      ['a list that is not empty', answer(['1000'])],
      ['batchItemFailures that is no list', answer({ batchItemFailures: '1000' })],
      ['an entry that is no object', answer({ batchItemFailures: ['1000'] })],
      [
        'an itemIdentifier that is a number',
        answer({ batchItemFailures: [{ itemIdentifier: 1000 }] }),
      ],
      ['an itemIdentifier that is not in the batch', report('1000', '5')],
    ])(`%s is complete ${kind}`, (_, result) => {
      expect(judgementOf(result, { undocumented: { unlistedAnswer: kind } })).toEqual({ kind });
    });
  });
});

test('without ReportBatchItemFailures, any answer is success', () => {
  expect(judgementOf(report('1000'), { reportBatchItemFailures: false })).toEqual({
    kind: 'success',
  });
});

test.each([
  ['an error', functionError],
  ['a timeout', { kind: 'timed-out', requestId: 'request' } as const],
  ['a crash', { kind: 'crashed', requestId: 'request', reason: 'SIGABRT' } as const],
])('%s is complete failure', (_, result) => {
  expect(judgementOf(result)).toEqual({ kind: 'failure' });
});
