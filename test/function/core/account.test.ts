import { describe, expect, test } from 'vitest';
import { accountFor, type Settlement, tally } from '../../../function/src/core/account.ts';
import type { StreamRecord } from '../../../function/src/core/stream-record.ts';
import { aRecord } from '../../support/records.ts';

/** Records with these sequence numbers; one that is undefined, its record lacks. */
const recordsOf = (...numbers: readonly unknown[]): readonly StreamRecord[] =>
  numbers.map((number) => aRecord({ number }));

const written = (...positions: readonly number[]): Settlement => ({
  positions,
  outcome: 'written',
});

describe('what is settled', () => {
  test.each(['written', 'superseded', 'dead_lettered'] as const)('is %s', (outcome) => {
    expect(accountFor(recordsOf('1'), [{ positions: [0], outcome }]).outcomes).toEqual([outcome]);
  });

  test('and folded has its last record for its outcome', () => {
    expect(accountFor(recordsOf('1', '2', '3'), [written(0, 1, 2)]).outcomes).toEqual([
      'folded',
      'folded',
      'written',
    ]);
  });

  test('needs no retry', () => {
    expect(accountFor(recordsOf('1', '2'), [written(0), written(1)]).retryFrom).toBeUndefined();
  });

  test('by nobody for no records is nothing to retry', () => {
    expect(accountFor([], [])).toEqual({ outcomes: [], retryFrom: undefined });
  });

  test('for no positions changes nothing', () => {
    expect(accountFor(recordsOf('1'), [written(0), written()]).outcomes).toEqual(['written']);
  });
});

describe('what nobody settled', () => {
  test('is retried with everything after it', () => {
    expect(accountFor(recordsOf('1', '2', '3'), [written(0), written(2)])).toEqual({
      outcomes: ['written', 'retried', 'retried'],
      retryFrom: '2',
    });
  });

  test('counts from the first record of its key', () => {
    expect(accountFor(recordsOf('1', '2', '3'), [written(1)]).retryFrom).toBe('1');
  });

  test('leaves folded what was folded before it into a later record', () => {
    expect(accountFor(recordsOf('1', '2', '3'), [written(0, 2)])).toEqual({
      outcomes: ['folded', 'retried', 'retried'],
      retryFrom: '2',
    });
  });

  test('is compared by its number, not by its text', () => {
    expect(accountFor(recordsOf('9', '10'), [])).toMatchObject({ retryFrom: '9' });
  });

  test('is compared by its number where it stands out of order', () => {
    expect(accountFor(recordsOf('10', '9', '11'), [written(2)])).toEqual({
      outcomes: ['retried', 'retried', 'retried'],
      retryFrom: '9',
    });
  });

  test('is told apart beyond 2^53', () => {
    const numbers = [
      '4100000000000000000000000000000000000001',
      '4100000000000000000000000000000000000002',
    ];
    expect(accountFor(recordsOf(...numbers), [written(0)])).toEqual({
      outcomes: ['written', 'retried'],
      retryFrom: numbers[1],
    });
  });

  test('is returned as it was spelled', () => {
    expect(accountFor(recordsOf('000000000000000000007'), []).retryFrom).toBe(
      '000000000000000000007',
    );
  });
});

describe('a record without sequence number', () => {
  test.each([undefined, null, '', 'x', 'x1', '1x', 5])(
    'such as %s comes again with the one before it',
    (number) => {
      expect(accountFor(recordsOf('1', '2', number), [written(0), written(1)])).toEqual({
        outcomes: ['written', 'retried', 'retried'],
        retryFrom: '2',
      });
    },
  );

  test('that is the first fails the whole batch', () => {
    expect(accountFor(recordsOf(undefined, '2'), [written(1)])).toEqual({
      outcomes: ['retried', 'retried'],
      retryFrom: '',
    });
  });

  test('that has no dynamodb part comes again with the one before it', () => {
    const records = [...recordsOf('1'), JSON.parse('{"dynamodb":null}')];
    expect(accountFor(records, [written(0)]).retryFrom).toBe('1');
  });

  test('that is settled needs no retry', () => {
    expect(
      accountFor(recordsOf(undefined, '2'), [written(0), written(1)]).retryFrom,
    ).toBeUndefined();
  });

  test('that is the first stays settled when only later ones come again', () => {
    expect(accountFor(recordsOf(undefined, '2'), [written(0)])).toEqual({
      outcomes: ['written', 'retried'],
      retryFrom: '2',
    });
  });
});

describe('a tally', () => {
  const outcomes = [
    'written',
    'folded',
    'superseded',
    'dead_lettered',
    'retried',
    'written',
  ] as const;

  test('counts each outcome and all that was received', () => {
    expect(tally(outcomes, [0, 1, 2, 3, 4, 5])).toEqual({
      received: 6,
      written: 2,
      folded: 1,
      superseded: 1,
      dead_lettered: 1,
      retried: 1,
    });
  });

  test('counts no records but its own', () => {
    expect(tally(outcomes, [0, 4])).toMatchObject({
      received: 2,
      written: 1,
      retried: 1,
      folded: 0,
    });
  });

  test('does not count what has no outcome', () => {
    expect(tally(outcomes, [6])).toMatchObject({ received: 0 });
  });
});
