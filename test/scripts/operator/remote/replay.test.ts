import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRemoteStage, type RemoteStage } from './remote-stage.ts';

let stage: RemoteStage;

beforeAll(async () => {
  stage = await openRemoteStage();
});

afterAll(() => stage?.stop());

const CAUSE = {
  place: 'Orders.price',
  what: 'text where long is mapped',
  cure: 'Give price a type that takes both.',
};

const LEFT = {
  type: 'left',
  object: 'rejected/Orders/a.ndjson',
  kind: 'refused',
  id: 'a',
  ...CAUSE,
};

const replays = (order: object = {}) =>
  stage.works(async (run) => {
    await stage.store(run, 'differences/letters/*/0-0.ndjson', [LEFT]);
    await stage.store(run, 'parts/letters/*/0.json', { version: 1, is_done: true, files: 1 });
    await stage.store(run, 'report.json', {
      version: 1,
      command: 'replay',
      run,
      order: { command: 'replay', ...order },
      started_at: '2026-11-24T02:00:00.000Z',
      ended_at: '2026-11-24T02:01:40.000Z',
      verdict: 'something_left',
      tables: [
        {
          table: '*',
          counts: { objects: 2, records: 3, settled: 2, refused: 1, removedObjects: 1 },
        },
      ],
      causes: [{ ...CAUSE, count: 1, objects: [LEFT.object] }],
      other_causes: 0,
      foreign: { 'another function': 2 },
      stuck: [],
    });
  });

test('a replay inside AWS says what is left and why, as one here does', async () => {
  replays();
  const { status, stdout } = await stage.run('replay', '--remote', '--table', 'Orders');
  expect((await stage.newest()).order).toEqual({ command: 'replay', tables: ['Orders'] });
  expect(stdout.split('\n')).toEqual([
    '3 records in 2 objects of s3://shop-123456789012-eu-west-1: 2 settled, 1 still refused; 1 object removed, 1',
    'left.',
    '',
    'What is left, and why',
    '  Orders.price: 1 × text where long is mapped',
    '      Give price a type that takes both.',
    '      rejected/Orders/a.ndjson',
    '',
    '2 objects under aws/lambda/ left alone: of another function.',
    '',
  ]);
  expect(status).toBe(1);
});

test('what failed of some tables is gone on with by their names', async () => {
  stage.works(async () => {
    throw new Error('S3 is away.');
  });
  const { stderr } = await stage.run('replay', '--remote', '--table', 'Orders,Users');
  expect(stderr).toContain(
    '\n  npx dynamodb-to-opensearch replay --table Orders,Users --resume --remote ',
  );
});

test('without --table it is of all letters; --since and --dry-run are ordered', async () => {
  replays({ dry_run: true });
  const { stdout } = await stage.run(
    ...['replay', '--remote', '--dry-run', '--since', '2026-11-20', '--json'],
  );
  const { order } = await stage.newest();
  expect(order).toEqual({ command: 'replay', dry_run: true, since: '2026-11-20T00:00:00.000Z' });
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ type }) => type)).toEqual(['run', 'left', 'summary']);
  expect(lines[1]).toEqual(LEFT);
  expect(lines[2]).toMatchObject({ is_dry_run: true, is_finished: true, records: 3, refused: 1 });
});
