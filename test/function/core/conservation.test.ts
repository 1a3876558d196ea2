import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Account,
  accountFor,
  type Outcome,
  type Settlement,
  tally,
} from '../../../function/src/core/account.ts';
import { deliveriesByTable } from '../../../function/src/core/event.ts';
import { JsonWriter } from '../../../function/src/core/json-writer.ts';
import { type AnswerItem, decide, judgeItem } from '../../../function/src/core/judge.ts';
import { composeItem, type Operation } from '../../../function/src/core/operation.ts';
import { type Step, stepsOf } from '../../../function/src/core/steps.ts';
import type { StreamRecord } from '../../../function/src/core/stream-record.ts';
import { anItem, aRecord, aTable, type RecordParts, SOME_SECOND } from '../../support/records.ts';

/*
 * The pure parts, put together as the shell puts them together, against an OpenSearch that answers
 * anything, a table that holds anything, and an S3 that takes letters or does not.
 */

const tables = [aTable(), aTable({ name: 'Users', index: 'users' })];
const tablesByName = new Map(tables.map((table) => [table.name, table]));
const NOW = SOME_SECOND * 1000;

/** What can be wrong with a record. */
const flaws: Record<string, RecordParts> = {
  'unknown event': { eventName: 'UPSERT' },
  'no time': { seconds: 0 },
  'no key': { keys: {} },
  'unreadable image': { image: { pk: { S: 'k1' }, a: { X: 'x' } } },
};

const KEYS = ['k1', 'k2', 'k3'];

const partsOfRecords: fc.Arbitrary<RecordParts> = fc
  .record({
    table: fc.constantFrom(...tables.map(({ name }) => name)),
    key: fc.constantFrom(...KEYS),
    kind: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('put', 'remove', 'keys only') },
      { weight: 1, arbitrary: fc.constantFrom(...Object.keys(flaws)) },
    ),
    seconds: fc.integer({ min: SOME_SECOND - 300, max: SOME_SECOND }),
  })
  .map(({ table, key, kind, seconds }) => ({
    table,
    keys: { pk: { S: key } },
    seconds,
    eventName: kind === 'remove' ? 'REMOVE' : 'MODIFY',
    image: kind === 'put' ? anItem(key) : undefined,
    ...flaws[kind],
  }));

/** Events with ascending sequence numbers, of which some have one digit more than the others. */
const events: fc.Arbitrary<readonly StreamRecord[]> = fc
  .record({
    all: fc.array(fc.tuple(partsOfRecords, fc.bigInt({ min: 1n, max: 50n })), { maxLength: 14 }),
    start: fc.constantFrom(10n ** 21n - 60n, 10n ** 39n - 60n, 4_100_000_000_000_000_000_000n),
  })
  .map(({ all, start }) => {
    let number = start; // rises from record to record
    return all.map(([parts, gap]) => {
      number += gap;
      return aRecord({ ...parts, number: `${number}` });
    });
  });

const answerItems: fc.Arbitrary<AnswerItem> = fc.record(
  {
    status: fc.oneof(
      { weight: 2, arbitrary: fc.constantFrom(200, 201) },
      { weight: 3, arbitrary: fc.constantFrom(400, 401, 403, 404, 409, 413, 429, 500, 503) },
      { weight: 1, arbitrary: fc.integer({ min: 200, max: 599 }) },
    ),
    error: fc.record(
      {
        type: fc.constantFrom(
          'mapper_parsing_exception',
          'cluster_block_exception',
          'index_not_found_exception',
          'index_closed_exception',
          'validation_exception',
        ),
        reason: fc
          .integer({ min: -400, max: 400 })
          .map((seconds) => `version conflict, current version [${SOME_SECOND + seconds}000000]`),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['status'] },
);

/** What OpenSearch says to an operation on a key: at first, and after its item was read from the table. */
type Replies = {
  readonly first: AnswerItem | 'refused_alone';
  readonly second: AnswerItem;
  readonly isInTable: boolean;
};

const replies = fc.record<Replies>({
  first: fc.oneof(
    { weight: 9, arbitrary: answerItems },
    { weight: 1, arbitrary: fc.constant('refused_alone' as const) },
  ),
  second: answerItems,
  isInTable: fc.boolean(),
});

type World = { readonly repliesTo: (step: Step) => Replies; readonly isStored: boolean };

const worlds: fc.Arbitrary<World> = fc
  .record({
    all: fc.array(replies, { minLength: 6, maxLength: 6 }),
    isStored: fc.boolean(),
  })
  .map(({ all, isStored }) => ({
    isStored,
    repliesTo: ({ table, id }) => {
      const found = all[tables.indexOf(table) * KEYS.length + KEYS.indexOf(id ?? '')];
      if (found === undefined) throw new Error(`there is no reply for ${id}`);
      return found;
    },
  }));

/** The operation of a step that is not malformed; what was to be read is read. */
const operationOf = (step: Exclude<Step, { kind: 'malformed' }>, world: World): Operation =>
  step.kind === 'operation' ? step : reread(step, world);

const reread = (
  target: Omit<Operation, 'kind' | 'action' | 'lines'>,
  { repliesTo }: World,
): Operation => {
  const step = { ...target, kind: 'reread' as const };
  const item = repliesTo(step).isInTable ? anItem(target.id) : undefined;
  const operation = composeItem(step, item, new JsonWriter());
  if (operation === undefined) throw new Error('the table holds DynamoDB JSON');
  return operation;
};

const settlementOf = (
  operation: Operation,
  outcome: Settlement['outcome'],
): readonly Settlement[] => [
  { positions: operation.changes.map(({ position }) => position), outcome },
];

const settle = (operation: Operation, world: World): readonly Settlement[] => {
  const { first, second } = world.repliesTo({ ...operation, kind: 'reread' });
  const judgement =
    first === 'refused_alone'
      ? { kind: first, refusal: { status: 400, type: 'x', reason: '' } }
      : judgeItem(operation, first, NOW);
  return decide([{ operation, judgement }]).flatMap(({ verdict }) => {
    if (verdict.kind !== 'reread') return settledBy(operation, verdict.kind, world);
    const again = reread({ ...operation, version: verdict.version }, world);
    return settledBy(again, judgeItem(again, second, NOW).kind, world);
  });
};

const settledBy = (operation: Operation, verdict: string, { isStored }: World) => {
  if (verdict === 'written' || verdict === 'superseded') return settlementOf(operation, verdict);
  return verdict === 'rejected' && isStored ? settlementOf(operation, 'dead_lettered') : [];
};

type Result = {
  readonly account: Account;
  readonly settlements: readonly Settlement[];
  readonly steps: readonly Step[];
};

const deliver = (records: readonly StreamRecord[], world: World): Result => {
  const steps = [...stepsOf(deliveriesByTable(records, tablesByName))];
  const settlements = steps.flatMap((step): readonly Settlement[] => {
    if (step.kind !== 'malformed') return settle(operationOf(step, world), world);
    return world.isStored ? [{ positions: [step.position], outcome: 'dead_lettered' }] : [];
  });
  return { account: accountFor(records, settlements), settlements, steps };
};

const inEveryWorld = (
  check: (records: readonly StreamRecord[], result: Result, world: World) => void,
): void => {
  fc.assert(
    fc.property(events, worlds, (records, world) => {
      check(records, deliver(records, world), world);
    }),
    { numRuns: 500 },
  );
};

const numberOf = (record: StreamRecord | undefined): bigint =>
  BigInt(record?.dynamodb?.SequenceNumber ?? '');

test('every record of an event ends up written, folded, superseded, dead-lettered or retried', () => {
  inEveryWorld((records, { account }) => {
    for (const [, ofTable] of deliveriesByTable(records, tablesByName)) {
      const positions = ofTable.map(({ position }) => position);
      const { received, ...outcomes } = tally(account.outcomes, positions);
      expect(received).toBe(positions.length);
      expect(Object.values(outcomes).reduce((sum, count) => sum + count)).toBe(received);
    }
  });
});

test('what comes again is exactly the records from the returned number on', () => {
  inEveryWorld((records, { account: { outcomes, retryFrom } }) => {
    const isFrom = (record: StreamRecord) =>
      retryFrom !== undefined && numberOf(record) >= BigInt(retryFrom);
    expect(outcomes.map((outcome) => outcome === 'retried')).toEqual(records.map(isFrom));
  });
});

test('the returned number is that of the first record of a key that nobody settled', () => {
  inEveryWorld((records, { account, settlements }) => {
    const settled = new Set(settlements.flatMap(({ positions }) => positions));
    const unsettled = records.filter((_, position) => !settled.has(position));
    expect(account.retryFrom).toBe(unsettled[0]?.dynamodb?.SequenceNumber);
  });
});

test('a key fails or is settled as a whole', () => {
  inEveryWorld((_, { settlements, steps }) => {
    const settled = new Set(settlements.flatMap(({ positions }) => positions));
    for (const step of steps) {
      if (step.kind === 'malformed') continue;
      const isSettled = step.changes.map(({ position }) => settled.has(position));
      expect(new Set(isSettled).size).toBe(1);
    }
  });
});

test('what is settled before the returned number has the outcome of its key, or is folded into it', () => {
  inEveryWorld((records, { account: { outcomes, retryFrom }, settlements }) => {
    const expected = new Map<number, Outcome>();
    for (const { positions, outcome } of settlements) {
      for (const position of positions) {
        expected.set(position, position === Math.max(...positions) ? outcome : 'folded');
      }
    }
    for (const [position, record] of records.entries()) {
      if (retryFrom !== undefined && numberOf(record) >= BigInt(retryFrom)) continue;
      expect(outcomes[position]).toBe(expected.get(position));
    }
  });
});

test('a record that cannot be understood is dead-lettered or retried, never anything else', () => {
  inEveryWorld((_, { account, steps }) => {
    for (const step of steps) {
      if (step.kind !== 'malformed') continue;
      expect(account.outcomes[step.position]).toMatch(/^(dead_lettered|retried)$/);
    }
  });
});

test('records that cannot be understood neither fold nor are folded', () => {
  inEveryWorld((records, { steps }, world) => {
    const malformed = new Set(
      steps.flatMap((step) => (step.kind === 'malformed' ? [step.position] : [])),
    );
    const understood = records.filter((_, position) => !malformed.has(position));
    const linesOf = (all: readonly Step[]) =>
      all
        .flatMap((step) => (step.kind === 'operation' ? [step] : []))
        .map(({ table, lines }) => `${table.name} ${Buffer.from(lines)}`)
        .sort();
    expect(linesOf(deliver(understood, world).steps)).toEqual(linesOf(steps));
  });
});

test('an event that comes again from the returned number on settles the rest', () => {
  const willing = { status: 200 };
  const fineWorld: World = {
    repliesTo: () => ({ first: willing, second: willing, isInTable: true }),
    isStored: true,
  };
  inEveryWorld((records, { account: { outcomes } }) => {
    const again = records.filter((_, position) => outcomes[position] === 'retried');
    expect(deliver(again, fineWorld).account.retryFrom).toBeUndefined();
  });
});
