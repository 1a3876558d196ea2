import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { askOpenSearch } from '../../../support/ask-opensearch.ts';
import type { ProxiedRequest } from '../../../support/fault-proxy.ts';
import { answering, cutBefore, inTurn, isBulk, when } from '../../../support/faults.ts';
import { hammer } from '../../../support/hammer.ts';
import { manyItems, putItems } from '../../../support/items.ts';
import { type OperatorStage, openOperatorStage } from '../../../support/operator-stage.ts';
import {
  ask,
  begin,
  newRunName,
  partsIn,
  runToEnd,
  takeSlice,
} from '../../../support/run-to-end.ts';
import { expectIndexToEqualTable } from '../backfill/backfilled.ts';

const ITEMS = 2000;

let stage: OperatorStage;

beforeAll(async () => {
  stage = await openOperatorStage({
    tables: {
      still: {},
      poisoned: { mappings: { properties: { poison: { type: 'object' } } } },
      replaced: {},
    },
  });
  await putItems(stage, manyItems(ITEMS), 'still');
  await putItems(stage, manyItems(400), 'replaced');
});

beforeEach(() => {
  stage.openSearch.behave();
  stage.dynamoDB.behave();
  stage.aws.behave();
});

afterAll(() => stage.stop());

/** Slow enough that a part takes several slices. */
const ordered = (suffix: string, more: object = {}) => ({
  command: 'backfill',
  tables: [stage.table(suffix).name],
  ...more,
});
const SLOW = { rate: 1500 };
const SHORT = { sliceMilliseconds: 2000 };

const whole = { read: ITEMS, written: ITEMS, superseded: 0, skipped: 0, rejected: 0 };

test('a table is written into its index in many slices, each item once', async () => {
  const { answer, report, slices } = await runToEnd(stage, ordered('still', SLOW), SHORT);
  expect(slices).toBeGreaterThan(4);
  expect(answer.verdict).toBe('well');
  const { name: table, index } = stage.table('still');
  expect(report).toMatchObject({ version: 1, command: 'backfill', tables: [{ table, index }] });
  expect(report.tables[0].counts).toMatchObject(whole);
  await expectIndexToEqualTable(stage, { suffix: 'still' });
});

test('slices that run twice, one after the other or at once, do no harm, and the counts are right', async () => {
  const { report } = await runToEnd(stage, ordered('still', SLOW), {
    ...SHORT,
    slice: async (part, take) => {
      if (part.segment % 2 === 0) await take();
      const [one] = await Promise.all([take(), take()]);
      return one;
    },
  });
  const { read, written, superseded, rejected } = report.tables[0].counts;
  expect(read).toBe(ITEMS);
  expect(written + superseded).toBe(ITEMS);
  expect(rejected).toBe(0);
  await expectIndexToEqualTable(stage, { suffix: 'still' });
});

const isStateOfPart = ({ method, path }: ProxiedRequest): boolean =>
  method === 'PUT' && path.includes('/parts/');

test('what a slice has done that died before it was stored is done again, and counted once', async () => {
  const { report } = await runToEnd(stage, ordered('still', SLOW), {
    ...SHORT,
    slice: async (part, take) => {
      const isToDie = Math.random() < 0.3;
      // From its second state on nothing is stored: not that it has ended, either.
      if (isToDie && part.segment === 0)
        stage.aws.behave(when(isStateOfPart, inTurn([(_, passOn) => passOn()], cutBefore)));
      const answer = await take().finally(() => stage.aws.behave());
      return answer;
    },
  });
  expect(report.tables[0].counts.read).toBe(ITEMS);
  await expectIndexToEqualTable(stage, { suffix: 'still' });
});

test('while somebody changes the table all the while and the function follows, in the end index and table are equal', async () => {
  const items = manyItems(1500);
  await putItems(stage, items);
  const mapping = await stage.follow();
  const writer = hammer(
    stage,
    items.slice(0, 100).map(({ pk }) => pk?.S ?? ''),
  );
  const order = { command: 'backfill', tables: [stage.table().name], rate: 1500 };
  const { report, answer } = await runToEnd(stage, order, {
    ...SHORT,
    slice: (part, take) => (part.segment === 1 ? Promise.race([take(), take()]) : take()),
  });
  await writer.stop();
  await mapping.drained();
  expect(answer.verdict).toBe('well');
  const { read, written, superseded } = report.tables[0].counts;
  expect(written + superseded).toBe(read);
  await expectIndexToEqualTable(stage);
}, 120_000);

test('what OpenSearch will never take lies in the dead-letter bucket, and is left', async () => {
  await stage.putItem({ pk: { S: 'good' } }, 'poisoned');
  await stage.putItem({ pk: { S: 'bad' }, poison: { S: 'no object' } }, 'poisoned');
  const { answer, report } = await runToEnd(stage, ordered('poisoned'));
  expect(answer.verdict).toBe('something_left');
  expect(report.tables[0].counts).toMatchObject({ read: 2, written: 1, rejected: 1 });
  const [letter] = stage.letters();
  expect(letter?.letter['id']).toBe('bad');
});

const firstPart = async (order: object) => {
  const run = newRunName();
  const answer = await begin(run, order);
  if (answer.is_done) throw new Error('nothing is to be done');
  const [part] = partsIn(stage, answer.manifest.key);
  if (part === undefined) throw new Error('there is no part');
  return { run, part };
};

const stateOf = ({ awsState, name }: OperatorStage, run: string, table: string) =>
  JSON.parse(
    awsState.objects.get(`${name}/operations/${run}/parts/backfill/${table}/0.json`)?.toString() ??
      '{}',
  );

test('a slice in which nothing could be done is hindered, says by what, and can be tried again', async () => {
  const { run, part } = await firstPart(ordered('still'));
  stage.openSearch.behave(when(isBulk, answering(503)));
  await expect(takeSlice(run, part, 1500)).rejects.toMatchObject({
    name: 'Hindered',
    message: expect.stringContaining('http_503'),
  });
  expect(stateOf(stage, run, part.table)).toMatchObject({
    is_done: false,
    hindrance: expect.stringContaining('http_503'),
    counts: { read: 0 },
  });
  stage.openSearch.behave();
  await expect(takeSlice(run, part)).resolves.toEqual({ is_done: true });
  expect(stateOf(stage, run, part.table).hindrance).toBeUndefined();
});

test('OpenSearch that cannot be reached hinders a slice, too', async () => {
  const { run, part } = await firstPart(ordered('still'));
  stage.openSearch.behave(cutBefore);
  await expect(takeSlice(run, part, 1500)).rejects.toMatchObject({ name: 'Hindered' });
});

test('a table that DynamoDB throttles all the while hinders a slice', async () => {
  const { run, part } = await firstPart(ordered('still'));
  const throttled = { __type: 'x#ProvisionedThroughputExceededException', message: 'slowly' };
  const isScan = ({ headers }: ProxiedRequest) => String(headers['x-amz-target']).endsWith('.Scan');
  stage.dynamoDB.behave(when(isScan, answering(400, throttled)));
  await expect(takeSlice(run, part, 9000)).rejects.toMatchObject({
    name: 'Hindered',
    message: expect.stringContaining('ProvisionedThroughputExceededException'),
  });
});

test('an index that is deleted between two slices ends the run, with the cure', async () => {
  const { run, part } = await firstPart(ordered('replaced'));
  await askOpenSearch(stage.openSearchUrl, 'DELETE', `/${stage.table('replaced').index}`);
  const sentence = `The index ${stage.table('replaced').index} was replaced meanwhile, so that documents may be missing: start a new run.`;
  await expect(takeSlice(run, part)).rejects.toMatchObject({ message: sentence });
  expect(stateOf(stage, run, part.table)).toMatchObject({ is_done: false, failure: sentence });
});

test('whoever begins a run twice, or asks twice what is next, is answered the same', async () => {
  const run = newRunName();
  const one = await begin(run, ordered('still', { segments: 2 }));
  await expect(begin(run, ordered('still', { segments: 3 }))).resolves.toEqual(one);
  // While a part is left, the phase is not over.
  await expect(ask({ step: 'next', run })).resolves.toEqual(one);
  const { answer } = await runToEnd(stage, ordered('still'), { run });
  await expect(ask({ step: 'next', run })).resolves.toEqual(answer);
});

test('a part that is done is not worked on again', async () => {
  const { run, part } = await firstPart(ordered('still', { segments: 1 }));
  await expect(takeSlice(run, part)).resolves.toEqual({ is_done: true });
  stage.openSearch.behave(answering(500));
  await expect(takeSlice(run, part)).resolves.toEqual({ is_done: true });
});

test('a run that nobody has begun is told so', async () => {
  await expect(ask({ step: 'next', run: 'nobody' })).rejects.toThrow(
    'There is no run nobody in s3:',
  );
});
