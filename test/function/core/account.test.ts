import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  accountFor,
  type Settlement,
  standing,
  tally,
} from '../../../function/src/core/account.ts';
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

describe('what waits to be settled stands', () => {
  const waitingFor = (...positions: readonly number[]) => ({
    settlement: { positions, outcome: 'dead_lettered' as const },
  });

  const numbered = (...numbers: readonly number[]) =>
    numbers.map((number) => aRecord({ number: String(number) }));

  test('when nothing comes again', () => {
    const waiting = [waitingFor(1), waitingFor(0)];
    expect(standing(waiting, [], numbered(1, 2))).toEqual([waitingFor(0), waitingFor(1)]);
  });

  test('when it ends before what comes again', () => {
    expect(standing([waitingFor(0), waitingFor(2)], [], numbered(1, 2, 3))).toEqual([
      waitingFor(0),
    ]);
  });

  test('unless a record that comes again goes by its number', () => {
    const records = [...numbered(1), aRecord({ number: undefined })];
    expect(standing([waitingFor(0)], [], records)).toEqual([]);
  });

  test('when it has no records', () => {
    expect(standing([waitingFor()], [], numbered(1))).toEqual([waitingFor()]);
  });

  test('unless one that is drawn along draws it along too', () => {
    const chain = [waitingFor(0, 2), waitingFor(1, 4), waitingFor(3, 6)];
    expect(standing(chain, [], numbered(1, 2, 3, 4, 5, 6, 7))).toEqual([]);
  });

  test('as often as accounting says, for any event, without looking at it more than once', () => {
    const keys = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 24 });
    fc.assert(
      fc.property(keys, fc.integer({ min: 0, max: 5 }), (keyOf, unsettledKey) => {
        const records = numbered(...keyOf.keys());
        const byKey = Map.groupBy(keyOf.keys(), (position) => keyOf[position] ?? 0);
        const waiting = [...byKey]
          .filter(([key]) => key !== unsettledKey)
          .map(([, positions]) => waitingFor(...positions));
        const stands = standing(waiting, [], records);
        const { outcomes } = accountFor(
          records,
          stands.map(({ settlement }) => settlement),
        );
        for (const { settlement } of stands) {
          expect(outcomes[settlement.positions.at(-1) ?? -1]).toBe('dead_lettered');
        }
        const rest = waiting.filter((candidate) => !stands.includes(candidate));
        const bound = records.length - outcomes.filter((outcome) => outcome === 'retried').length;
        for (const { settlement } of rest)
          expect(settlement.positions.at(-1)).toBeGreaterThanOrEqual(bound);
      }),
    );
  });

  test('and ten thousand records that hang together are decided at once', () => {
    const length = 10_000;
    const records = numbered(...Array.from({ length }, (_, position) => position));
    const chain = Array.from({ length: length / 2 - 1 }, (_, key) =>
      waitingFor(2 * key, 2 * key + 3),
    );
    expect(standing(chain, [], records)).toEqual([]);
  });
});
