import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeLatest } from '../../../../function/src/operator/remote/latest-verification.ts';
import { parseRequest } from '../../../../function/src/operator/remote/parse-request.ts';
import { type OperatorStage, openOperatorStage } from '../../../support/operator-stage.ts';
import { ask, begin, newRunName } from '../../../support/run-to-end.ts';

let stage: OperatorStage;

beforeAll(async () => {
  stage = await openOperatorStage({ tables: { differing: {}, 'never.seen': {} } });
});

afterAll(() => stage.stop());

test('an event that is none of those that are known is refused in one sentence', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (event) => {
      expect(() => parseRequest(event)).toThrow(
        /^The event is no request that this function knows/,
      );
    }),
  );
});

test('a run whose name could lead out of its place in the bucket is refused', () => {
  for (const run of ['../other', 'a/b', '', 7, undefined, 'x'.repeat(81)])
    expect(() => parseRequest({ step: 'next', run })).toThrow(/^The request has no run/);
});

test('whoever begins without saying how many at once is refused', () => {
  expect(() => parseRequest({ step: 'begin', run: 'r', order: {}, concurrency: 0 })).toThrow(
    'The request to begin has no concurrency, a whole number from 1 on.',
  );
});

test('an order is checked before anything is stored', async () => {
  const run = newRunName();
  const ordering = begin(run, { command: 'backfill', tables: ['Nobody'], repair: true });
  await expect(ordering).rejects.toThrow(
    /^The order cannot be carried out:\n- order\.repair: unknown field .*\n- order\.tables: the configuration has no table Nobody: it has /,
  );
  const stored = [...stage.awsState.objects.keys()].filter((key) => key.includes(run));
  expect(stored).toEqual([]);
});

test('a part that a run does not have is refused', async () => {
  const run = newRunName();
  await begin(run, { command: 'backfill', tables: [stage.table().name] });
  const slice = (part: unknown) => ask({ step: 'slice', run, part });
  const part = { phase: 'backfill', table: stage.table().name, segment: 0, of: 4 };
  await expect(slice({ ...part, phase: 'nothing' })).rejects.toThrow('There is no such part');
  await expect(slice({ ...part, phase: 'letters' })).rejects.toThrow('which has no phase letters');
  await expect(slice({ ...part, table: 'Nobody' })).rejects.toThrow('has no table Nobody');
});

test('a domain that cannot be reached is told at once, before anything was done', async () => {
  stage.openSearch.behave(() => 'cut');
  const order = { command: 'backfill', tables: [stage.table().name] };
  const beginning = ask({ step: 'begin', run: newRunName(), order, concurrency: 1 }, 8000);
  await expect(beginning).rejects.toMatchObject({
    name: 'OpenSearchRefusal',
    message: expect.stringContaining('A domain in a VPC answers only from within it'),
  });
  stage.openSearch.behave();
});

type Checks = { readonly checks: readonly { readonly group: string; readonly subject?: string }[] };

const tablesIn = ({ checks }: Checks) => [
  ...new Set(checks.flatMap(({ group, subject }) => (group === 'table' ? subject : []))),
];

test('doctor tells from inside what it finds, of all tables or of some', async () => {
  const all = await ask<Checks>({ step: 'doctor', probe: false, tables: null });
  expect(all.checks).toContainEqual(
    expect.objectContaining({ group: 'parameter', name: 'content', status: 'ok' }),
  );
  expect(tablesIn(all)).toHaveLength(3);
  const { name } = stage.table('differing');
  const some = await ask<Checks>({ step: 'doctor', probe: false, tables: [name] });
  expect(tablesIn(some)).toEqual([name]);
});

test('the widget describes itself', async () => {
  await expect(ask({ describe: true })).resolves.toMatchObject({
    markdown: expect.stringContaining('index equals table'),
  });
});

test('the widget shows for each table whether its index was equal, when, and of how many items', async () => {
  const { deadLetter } = stage.environment.configuration;
  const counts = { items: 1_234_567, missing: 0, extra: 0, stale: 0, unwritable: 0 };
  const checked = { version: 1, checked_at: '2026-11-24T02:10:00.000Z', counts } as const;
  await writeLatest({ ...checked, table: stage.table().name, verdict: 'equal' }, deadLetter);
  await writeLatest(
    {
      ...checked,
      table: stage.table('differing').name,
      verdict: 'different',
      counts: { ...counts, missing: 2, stale: 1 },
    },
    deadLetter,
  );
  const html = await ask<string>({ widgetContext: { dashboardName: 'd' } });
  expect(html).toContain(
    '<strong>index equals table</strong>: checked at 2026-11-24 02:10 UTC, 1,234,567 items',
  );
  expect(html).toContain('<strong>index differs from table</strong>: 2 missing, 1 stale; checked');
  expect(html).toContain(`${stage.table('never.seen').name} → `);
  expect(html).toContain('not verified yet');
});

test('nothing that lies in the bucket becomes HTML', async () => {
  const counts = { items: 1, missing: 0, extra: 0, stale: 0, unwritable: 0 };
  const checked_at = '<script>alert(1)</script>';
  const latest = { version: 1, table: stage.table().name, verdict: 'equal', checked_at } as const;
  await writeLatest({ ...latest, counts }, stage.environment.configuration.deadLetter);
  await expect(ask({ widgetContext: {} })).resolves.not.toContain('<script>');
});
