import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRemoteStage, type RemoteStage } from './remote-stage.ts';

let stage: RemoteStage;

beforeAll(async () => {
  stage = await openRemoteStage();
});

afterAll(() => stage?.stop());

const COUNTS = { items: 90, compared: 90, documents: 90, missing: 0, extra: 0, stale: 0 };

const verified = (counts: object, order: object = {}) =>
  stage.works((run) =>
    stage.store(run, 'report.json', {
      version: 1,
      command: 'verify',
      run,
      order: { command: 'verify', tables: ['Orders'], ...order },
      started_at: '2026-11-24T02:00:00.000Z',
      ended_at: '2026-11-24T02:01:40.000Z',
      verdict: 'well',
      tables: [{ table: 'Orders', index: 'orders', counts: { ...COUNTS, ...counts } }],
    }),
  );

const difference = (kind: string, id: string, parts: object = {}) => ({
  type: 'difference',
  table: 'Orders',
  index: 'orders',
  kind,
  id,
  key: { id: { S: id } },
  ...parts,
});

const STALE = { field: 'price', table_value: '2.5', index_value: '12' };

/** Has the next run find these, in two slices of a segment and in a shard. */
const finds = (counts: object, order: object = {}) => {
  const { works, store } = stage;
  verified(counts, order);
  const tell = stage.account.functions.get('shop-operations');
  works(async (run, request) => {
    await store(run, 'differences/items/Orders/0-0.ndjson', [difference('missing', 'a')]);
    await store(run, 'differences/items/Orders/0-1.ndjson', [difference('stale', 'b', STALE)]);
    await store(run, 'differences/documents/Orders/3-0.ndjson', [difference('extra', 'c')]);
    // Of a slice that was killed, and found nothing when it was repeated.
    await store(run, 'differences/items/Orders/0-2.ndjson', [difference('missing', 'ghost')]);
    await store(run, 'parts/items/Orders/0.json', { version: 1, is_done: true, files: 2 });
    await store(run, 'parts/documents/Orders/3.json', { version: 1, is_done: true, files: 1 });
    await tell?.(JSON.stringify(request));
  });
};

const FOUND = { missing: 1, stale: 1, extra: 1 };

test('an index that equals its table is told so, with status 0', async () => {
  verified({ ignored: { price: 3 } });
  const { status, stdout } = await stage.run('verify', 'Orders', '--remote');
  expect(stdout.split('\n')).toEqual([
    '✓ index equals table  Orders: 90 items, each compared with its document',
    '  ! price: OpenSearch ignored it as malformed in 3 documents, where no search by it finds them',
    '',
  ]);
  expect(status).toBe(0);
});

test('all tables, and options, are in the order by what was typed', async () => {
  verified({}, { sample: 5, repair: true });
  const { stdout } = await stage.run(
    ...['verify', '--all', '--remote', '--sample', '5', '--repair', '--delay', '20'],
  );
  expect((await stage.newest()).order).toEqual({
    command: 'verify',
    sample: 5,
    repair: true,
    delay_seconds: 20,
  });
  expect(stdout).toContain('✓ index equals table, by a sample of 5 %');
});

test('what differs is listed in the end, with what mends it inside AWS and status 1', async () => {
  finds(FOUND);
  const { status, stdout } = await stage.run('verify', 'Orders', '--remote');
  expect(stdout.split('\n')).toEqual([
    '  missing     a',
    '  stale       b',
    '  extra       c',
    '✗ index differs from table  Orders: 1 missing, 1 extra, 1 stale of 90 items',
    '  To mend it: npx dynamodb-to-opensearch verify Orders --repair --remote --parameter shop-configuration',
    '',
  ]);
  expect(status).toBe(1);
});

test('--verbose names the first field, of a run that is looked at again as well', async () => {
  finds(FOUND);
  await stage.run('verify', 'Orders', '--remote');
  const { stdout } = await stage.run('verify', '--remote', '--follow', '--verbose');
  expect(stdout).toContain('  stale       b  price: table 2.5, index 12\n');
});

test('--json prints each difference, the table and a summary, as it does here', async () => {
  finds({ ...FOUND, unrepaired: 1 });
  const { stdout } = await stage.run('verify', 'Orders', '--remote', '--json');
  const [run, ...lines] = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(run).toMatchObject({ type: 'run', command: 'verify', run: expect.any(String) });
  expect(lines.slice(0, 3)).toEqual([
    difference('missing', 'a'),
    difference('stale', 'b', STALE),
    difference('extra', 'c'),
  ]);
  expect(lines[3]).toMatchObject({ type: 'table', table: 'Orders', index: 'orders', items: 90 });
  expect(lines[4]).toEqual({
    type: 'summary',
    verdict: 'different',
    items: 90,
    documents: 90,
    differences: 3,
    repaired: 0,
  });
});

test('what was not repaired is told with place and cure, as it is here', async () => {
  verified({ stale: 1, unrepaired: 1 });
  const tell = stage.account.functions.get('shop-operations');
  const unrepaired = {
    ...difference('stale', 'b', STALE),
    type: 'unrepaired',
    error: { type: 'mapper_parsing_exception', reason: 'failed to parse' },
    place: 'Orders.price',
    what: 'text where long is mapped',
    cure: 'Rename it.',
  };
  stage.works(async (run, request) => {
    const lines = [difference('stale', 'b', STALE), unrepaired];
    await stage.store(run, 'differences/items/Orders/0-0.ndjson', lines);
    await stage.store(run, 'parts/items/Orders/0.json', { version: 1, is_done: true, files: 1 });
    await tell?.(JSON.stringify(request));
  });
  const { stdout } = await stage.run('verify', 'Orders', '--repair', '--remote');
  expect(stdout).toContain(
    '  unrepaired  b: Orders.price: text where long is mapped. Rename it.\n',
  );
});

test('of many differences only the first of each kind are read, and the others counted', async () => {
  const many = Array.from({ length: 400 }, (_, n) => difference('missing', `k${n}`));
  verified({ missing: 5000 });
  const tell = stage.account.functions.get('shop-operations');
  stage.works(async (run, request) => {
    for (const slice of [0, 1])
      await stage.store(run, `differences/items/Orders/0-${slice}.ndjson`, many);
    await stage.store(run, 'parts/items/Orders/0.json', { version: 1, is_done: true, files: 2 });
    await tell?.(JSON.stringify(request));
  });
  const { stdout } = await stage.run('verify', 'Orders', '--remote');
  const lines = stdout.split('\n');
  expect(lines.filter((line) => line.startsWith('  missing'))).toHaveLength(20);
  expect(stdout).toContain('  and 4,980 more, which --verbose or --json list\n');
  const { name } = await stage.newest();
  const read = stage.account.requests.filter(
    ({ method, path }) => method === 'GET' && path.includes(`${name}/differences/items/Orders/0-`),
  );
  expect(read).toHaveLength(1);
});
