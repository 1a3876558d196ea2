import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Execution } from '../../../../function/src/aws/state-machine.ts';
import { newCounts } from '../../../../function/src/operator/backfill/counts.ts';
import type { Run } from '../../../../function/src/operator/remote/run.ts';
import { remoteBackfill } from '../../../../scripts/operator/remote/backfill.ts';
import type { Course } from '../../../../scripts/operator/remote/course.ts';
import { itemsIn, titleOf } from '../../../../scripts/operator/remote/plan.ts';
import {
  remoteLines,
  remoteSpeedMeter,
} from '../../../../scripts/operator/remote/progress-lines.ts';
import { failureOf } from '../../../../scripts/operator/remote/run-failure.ts';
import { countsLike, sumOf, totalsIn } from '../../../../scripts/operator/remote/totals.ts';
import { createStyle } from '../../../../scripts/terminal/style.ts';

const anExecution = (parts: Partial<Execution> = {}): Execution => ({
  arn: 'arn',
  name: 'backfill-20261124-021500-5bff',
  state: 'running',
  status: 'RUNNING',
  input: '{}',
  endedAt: undefined,
  error: undefined,
  cause: undefined,
  ...parts,
});

const aPlan = (tables: readonly string[], order: Run['order'] = { command: 'backfill' }): Run => ({
  version: 1,
  run: 'backfill-20261124-021500-5bff',
  order,
  concurrency: 10,
  started_at: '2026-11-24T02:15:00.000Z',
  balance_key: 'balance',
  tables: tables.map((table) => ({
    table,
    index: table.toLowerCase(),
    table_id: 'id',
    index_uuid: null,
    stream_arn: null,
    pipeline: null,
    conversion: 'hash',
    items: 1000,
    segments: 40,
  })),
});

const aCourse = (parts: Partial<Course> = {}): Course => ({
  phase: 'backfill',
  parts: { all: 40, done: 5 },
  counts: { read: 500, written: 500 },
  plan: aPlan(['Orders']),
  hindrances: [],
  failures: [],
  ...parts,
});

describe('how far a run is', () => {
  const linesOf = (course: Course | undefined, columns = 110, hindrance?: string) =>
    remoteLines(
      { execution: anExecution(), course, hindrance },
      { own: remoteBackfill.progress(), canvas: { columns, style: createStyle(false) } },
    );

  test('is told in the lines of the command, with the parts that are done on the first', () => {
    expect(linesOf(aCourse())).toEqual([
      'Orders  50 % ██████████░░░░░░░░░░  500 items  5 of 40 segments, 10 at once',
      '  written 500  superseded 0  rejected 0',
    ]);
  });

  test('has a line for the parts on a narrow terminal', () => {
    expect(linesOf(aCourse(), 40)).toEqual([
      'Orders  50 %  500 items',
      '  written 500  superseded 0  rejected 0',
      '  5 of 40 segments, 10 at once',
    ]);
  });

  test('says what parts wait for, and what keeps us from looking', () => {
    const hindrances = ['a', 'b', 'c', 'd'];
    expect(linesOf(aCourse({ hindrances }), 110, 'no route').slice(2)).toEqual([
      '  waiting: a',
      '  waiting: b',
      '  waiting: c',
      '  cannot look: no route',
    ]);
  });

  test('is not known before its first phase', () => {
    const lines = ['backfill-20261124-021500-5bff  is being planned'];
    expect(linesOf(undefined)).toEqual(lines);
    expect(linesOf(aCourse({ phase: undefined }))).toEqual(lines);
  });
});

test('a run is called by its tables, and many of them by their number', () => {
  expect(titleOf(aPlan(['Orders', 'Users']))).toBe('Orders, Users');
  expect(titleOf(aPlan(['A', 'B', 'C', 'D']))).toBe('4 tables');
});

test('of a sample so many items are expected', () => {
  expect(itemsIn(aPlan(['Orders', 'Users']))).toBe(2000);
  expect(itemsIn(aPlan(['Orders'], { command: 'verify', sample: 5 }))).toBe(50);
  expect(itemsIn(undefined)).toBeUndefined();
});

describe('what has ended a run', () => {
  const failed = (parts: Partial<Execution>, course: Partial<Course> = {}) =>
    failureOf({
      execution: anExecution({ state: 'failed', status: 'FAILED', ...parts }),
      course: aCourse(course),
    });

  test('is what the function said', () => {
    const cause = JSON.stringify({ errorType: 'Error', errorMessage: 'No such table', trace: [] });
    expect(failed({ error: 'Error', cause })).toBe(
      'backfill-20261124-021500-5bff has failed: No such table.',
    );
  });

  test('is what Step Functions said where no function did', () => {
    expect(failed({ error: 'States.DataLimitExceeded', cause: 'too large' })).toMatch(
      / has failed: States\.DataLimitExceeded: too large\.$/,
    );
    expect(failed({})).toMatch(/ has failed: Step Functions does not say why\.$/);
    expect(failed({ status: 'TIMED_OUT' })).toMatch(/ ran out of time: /);
  });

  test('is what its parts failed with, of many the first', () => {
    const cause = 'The specified tolerated failure threshold was exceeded';
    expect(failed({ cause }, { failures: ['a', 'b', 'c', 'd', 'e'] })).toMatch(
      / has failed: a\. b\. c\. And 2 more\.$/,
    );
  });

  test('is what they waited for too long, where nothing failed for good', () => {
    const hindrances = ['OpenSearch: no route'];
    expect(failed({}, { hindrances })).toMatch(/ has failed: OpenSearch: no route\.$/);
    expect(failed({}, { hindrances, failures: ['a'] })).toMatch(/ has failed: a\.$/);
  });

  test('was somebody', () => {
    expect(failed({ status: 'ABORTED', cause: 'by --stop' })).toMatch(/ was stopped: by --stop\.$/);
  });
});

describe('the speed of a run', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
    return () => void vi.useRealTimers();
  });

  test('is as of what was stored last, and declines once nothing was stored for long', () => {
    const speed = remoteSpeedMeter();
    expect(speed(0)).toBe(0);
    vi.advanceTimersByTime(10_000);
    expect(speed(1000)).toBe(100);
    vi.advanceTimersByTime(9000);
    expect(speed(1000)).toBe(100);
    vi.advanceTimersByTime(21_000);
    expect(speed(1000)).toBe(25);
  });
});

describe('counts', () => {
  const anyTotals = fc.dictionary(fc.string(), fc.nat());

  test('add up name by name, in whatever order parts are read', () => {
    fc.assert(
      fc.property(fc.array(anyTotals), (all) => {
        const sum = sumOf(all);
        expect(sumOf(all.toReversed())).toEqual(sum);
        for (const [name, count] of Object.entries(sum))
          expect(
            all.reduce(
              (total, totals) => total + (Object.hasOwn(totals, name) ? Number(totals[name]) : 0),
              0,
            ),
          ).toBe(count);
      }),
    );
  });

  test('are the numbers of a JSON value, and of a kind those that it knows', () => {
    const totals = totalsIn({ read: 5, ignored: { price: 3 }, phase: 'items', other: 7 });
    expect(totals).toEqual({ read: 5, other: 7 });
    expect(countsLike(newCounts(), totals)).toEqual({ ...newCounts(), read: 5 });
    expect(totalsIn(undefined)).toEqual({});
  });
});
