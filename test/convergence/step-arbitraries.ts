import fc from 'fast-check';
import { KEYS } from './keys.ts';
import type { Content, Event, Step, Write } from './step.ts';

const contents: fc.Arbitrary<Content> = fc.record({
  isOpen: fc.constantFrom(true, true, false),
  poison: fc.constantFrom('none', 'none', 'none', 'none', 'none', 'conflict', 'name'),
  text: fc.constantFrom('x', '', '"\\\n\u2028', '😀'),
  number: fc.constantFrom(
    '1',
    '-0.5',
    '12345678901234567890123456789012345678',
    `1${'0'.repeat(125)}`,
  ),
});

const tables = fc.nat({ max: 1 });
const keys = fc.nat({ max: KEYS - 1 });
const contentsOrNone = fc.option(contents, { freq: 3 });

/** Changes of items. */
export const writes: fc.Arbitrary<Write> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('put', 'put', 'update', 'recreate'),
      table: tables,
      key: keys,
      content: contents,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('delete', 'expire'), table: tables, key: keys }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('malformed'), table: tables, key: keys }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('burst'),
      table: tables,
      key: keys,
      contents: fc.array(contentsOrNone, { minLength: 2, maxLength: 8 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('transact'),
      table: tables,
      changes: fc.uniqueArray(fc.record({ key: keys, content: contentsOrNone }), {
        minLength: 1,
        maxLength: 4,
        selector: ({ key }) => key,
      }),
    }),
  },
);

const events = (mayRestart: boolean): fc.Arbitrary<Event> =>
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc.record({
        kind: fc.constant('pause'),
        milliseconds: fc.integer({ min: 20, max: 500 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('catch up'),
        table: tables,
        milliseconds: fc.constant(4000),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('clock'),
        seconds: fc.integer({ min: -4, max: 4 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom('split', 'close'),
        table: tables,
        shard: fc.nat({ max: 7 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constantFrom('unreadable', 'follow anew', 'delete index'),
        table: tables,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('kill'), afterMilliseconds: fc.nat({ max: 300 }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('block'),
        table: tables,
        milliseconds: fc.integer({ min: 50, max: 1500 }),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('release') }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('operate'),
        table: tables,
        command: fc.constantFrom('backfill', 'verify --repair', 'replay'),
      }),
    },
    {
      weight: mayRestart ? 1 : 0,
      arbitrary: fc.record({
        kind: fc.constant('restart node'),
        how: fc.constantFrom('stopped', 'killed'),
      }),
    },
  );

/** Whatever anybody does; a node may be restarted where it is one's own. */
export const stepsWith = (mayRestart: boolean): fc.Arbitrary<Step> =>
  fc.oneof({ weight: 3, arbitrary: writes }, { weight: 1, arbitrary: events(mayRestart) });
