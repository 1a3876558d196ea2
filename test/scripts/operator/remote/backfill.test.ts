import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRemoteStage, type RemoteStage } from './remote-stage.ts';

let stage: RemoteStage;

beforeAll(async () => {
  stage = await openRemoteStage();
});

afterAll(() => stage?.stop());

const COUNTS = { read: 0, written: 0, superseded: 0, skipped: 0, rejected: 0, readUnits: 0 };

const report = (run: string, counts: Partial<typeof COUNTS>) =>
  stage.store(run, 'report.json', {
    version: 1,
    command: 'backfill',
    run,
    order: { command: 'backfill', tables: ['Orders'] },
    started_at: '2026-11-24T02:00:00.000Z',
    ended_at: '2026-11-24T02:01:40.000Z',
    verdict: 'well',
    tables: [{ table: 'Orders', index: 'orders', counts: { ...COUNTS, ...counts } }],
  });

test('a backfill inside AWS is ordered as it was typed, and ends with the report of one here', async () => {
  stage.works((run) => report(run, { read: 1000, written: 990, superseded: 10, readUnits: 50 }));
  const { status, stdout, stderr } = await stage.run(
    ...[
      'backfill',
      'Orders',
      '--remote',
      '--segments',
      '40',
      '--rate',
      '500',
      '--concurrency',
      '8',
    ],
  );
  const { name, order } = await stage.newest();
  expect(name).toMatch(/^backfill-\d{8}-\d{6}-[0-9a-f]{4}$/);
  expect(order).toEqual({
    command: 'backfill',
    tables: ['Orders'],
    segments: 40,
    rate: 500,
    concurrency: 8,
  });
  expect(stderr).toBe(`${name} has begun inside AWS.\n`);
  expect(stdout.split('\n')).toEqual([
    'Orders  1,000 items in 1 min 40 s, 10 items/s, 50 read units',
    '  written              990  to the index orders',
    '  superseded            10  the index holds something newer',
    '  skipped                0',
    '  rejected               0',
    '  Verify it: npx dynamodb-to-opensearch verify Orders --remote --parameter shop-configuration',
    '',
  ]);
  expect(status).toBe(0);
});
