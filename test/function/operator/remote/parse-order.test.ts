import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseConfiguration } from '../../../../function/src/configuration/parse.ts';
import { parseOrder } from '../../../../function/src/operator/remote/parse-order.ts';

const keys = [{ name: 'pk', type: 'S' }];
const configuration = parseConfiguration(
  JSON.stringify({
    endpoint: 'https://search-orders-abc.eu-west-1.es.amazonaws.com',
    dead_letter: { bucket: 'letters', prefix: 'rejected/' },
    tables: { Orders: { index: 'orders', keys }, Users: { index: 'users', keys } },
  }),
  'the parameter p',
  undefined,
);

const parse = (value: unknown) => parseOrder(value, configuration);

const problemsOf = (value: unknown): readonly string[] => {
  try {
    parse(value);
    return [];
  } catch (error) {
    const [heading, ...problems] = String(error instanceof Error && error.message).split('\n');
    expect(heading).toBe('The order cannot be carried out:');
    return problems.map((problem) => problem.replace(/^- /, ''));
  }
};

const optional = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.option(arbitrary, { nil: undefined });
const common = {
  tables: optional(fc.subarray(['Orders', 'Users'], { minLength: 1 })),
  segments: optional(fc.integer({ min: 1, max: 1_000_000 })),
  concurrency: optional(fc.integer({ min: 1, max: 10_000 })),
};
const flags = optional(fc.boolean());
const moments = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') });

/** Every order that can be carried out. */
const orders = fc.oneof(
  fc.record({
    command: fc.constant('backfill'),
    ...common,
    rate: optional(fc.double({ min: 0, minExcluded: true, noNaN: true, noDefaultInfinity: true })),
  }),
  fc.record({
    command: fc.constant('verify'),
    ...common,
    repair: flags,
    sample: optional(fc.double({ min: 0, minExcluded: true, max: 100, noNaN: true })),
    delay_seconds: optional(fc.integer({ min: 1, max: 3600 })),
  }),
  fc.record({
    command: fc.constant('replay'),
    ...common,
    since: optional(moments.map((moment) => moment.toISOString())),
    dry_run: flags,
  }),
);

test('whatever can be ordered is understood as it was meant', () => {
  fc.assert(
    fc.property(orders, (order) => {
      expect(parse(JSON.parse(JSON.stringify(order)))).toEqual(order);
    }),
  );
});

test('a field that is null counts as one that is not there', () => {
  fc.assert(
    fc.property(orders, (order) => {
      const withNulls = Object.entries(order).map(([name, value]) => [name, value ?? null]);
      expect(parse(Object.fromEntries(withNulls))).toEqual(order);
    }),
  );
});

test('an order that was understood is understood again', () => {
  fc.assert(
    fc.property(orders, (order) => {
      const parsed = parse(order);
      expect(parse(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
    }),
  );
});

test('any other JSON is refused by an InvalidOrder that lists problems, and by nothing else', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const problems = problemsOf(value);
      expect(problems.length).toBeGreaterThan(0);
    }),
  );
});

test('one field that is of no use is told by its name, whatever else is right', () => {
  const wrong = fc.constantFrom<readonly [string, unknown]>(
    ['tables', []],
    ['tables', 'Orders'],
    ['segments', 0],
    ['segments', 1.5],
    ['segments', 1_000_001],
    ['segments', '4'],
    ['concurrency', 10_001],
    ['concurrency', -1],
  );
  fc.assert(
    fc.property(orders, wrong, (order, [name, value]) => {
      const problems = problemsOf({ ...order, [name]: value });
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatch(new RegExp(`^order\\.${name}: `));
    }),
  );
});

test('every problem is told at once, with its place and what would be right', () => {
  expect(
    problemsOf({
      command: 'backfill',
      tables: ['Orders', 'Order', 'User'],
      segments: 0,
      rate: -1,
      repair: true,
    }),
  ).toEqual([
    'order.repair: unknown field (known: command, tables, segments, concurrency, rate)',
    'order.tables: the configuration has no table Order, User: it has Orders, Users',
    'order.segments: must be a whole number from 1 to 1000000',
    'order.rate: must be a number above 0',
  ]);
  expect(problemsOf({ command: 'verify', repair: 'yes', sample: 101, delay_seconds: 0 })).toEqual([
    'order.repair: must be true or false',
    'order.sample: must be a number above 0, up to 100',
    'order.delay_seconds: must be a number above 0, up to 3600',
  ]);
  expect(problemsOf({ command: 'replay', since: 'yesterday', dry_run: 1 })).toEqual([
    'order.since: must be a day (2026-03-01) or a time with its zone (2026-03-01T14:30Z)',
    'order.dry_run: must be true or false',
  ]);
});

test('without a command that there is, what else is known is told', () => {
  expect(problemsOf({ command: 'repair', tabels: ['Orders'] })).toEqual([
    'order.command: must be one of backfill, verify, replay',
    'order.tabels: unknown field (known: command, tables, segments, concurrency, rate, repair, sample, delay_seconds, since, dry_run)',
  ]);
  expect(problemsOf(null)).toEqual([
    'order.command: must be one of backfill, verify, replay',
    'order: must be an object',
  ]);
});

test('a table is worked on once, however often it is named', () => {
  expect(parse({ command: 'verify', tables: ['Users', 'Users'] })).toMatchObject({
    tables: ['Users'],
  });
});

test('a day is a day in UTC, and a time has its zone', () => {
  const since = (text: string) => Object(parse({ command: 'replay', since: text })).since;
  expect(since('2026-03-01')).toBe('2026-03-01T00:00:00.000Z');
  expect(since('2026-03-01T14:30+02:00')).toBe('2026-03-01T12:30:00.000Z');
  expect(problemsOf({ command: 'replay', since: '2026-03-01T14:30' })).toHaveLength(1);
  expect(problemsOf({ command: 'replay', since: '2026-02-31T25:00Z' })).toHaveLength(1);
});
