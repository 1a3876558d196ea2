import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ProxiedRequest } from '../../../support/fault-proxy.ts';
import { answering, cutBefore, isBulk, slow, when } from '../../../support/faults.ts';
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
import { lineOf, objectKeys, POISON, POISONABLE, store } from '../replay/replayed.ts';

let stage: OperatorStage;

beforeAll(async () => {
  stage = await openOperatorStage({ table: { mappings: POISONABLE }, tables: { other: {} } });
});

beforeEach(() => {
  for (const proxy of [stage.openSearch, stage.dynamoDB, stage.aws]) proxy.behave();
  stage.awsState.objects.clear();
});

afterAll(() => stage.stop());

const letterKeys = () => objectKeys(stage).filter((key) => key.startsWith('rejected/'));

/** Puts items into the table, and letters about them into the bucket, so many to an object. */
const plantLetters = async (count: number, suffix?: string, each = 2): Promise<void> => {
  const { name } = stage.table(suffix);
  for (let start = 0; start < count; start += each) {
    const keys = Array.from({ length: each }, (_, number) => `letter-${start + number}`);
    for (const key of keys) await stage.putItem({ pk: { S: key } }, suffix);
    const lines = keys.map((key) => lineOf(name, key)).join('');
    store(stage, `rejected/${name}/2026/01/01/${start}.ndjson`, lines);
  }
};

const replay = { command: 'replay' };

test('all letters are settled, by shares, and none is left', async () => {
  await plantLetters(60);
  const { answer, report } = await runToEnd(stage, { ...replay, segments: 3 });
  expect(answer.verdict).toBe('well');
  expect(report.tables).toEqual([
    {
      table: '*',
      index: '*',
      counts: expect.objectContaining({
        objects: 30,
        records: 60,
        settled: 60,
        removedObjects: 30,
      }),
    },
  ]);
  expect(letterKeys()).toEqual([]);
  await expectIndexToEqualTable(stage);
});

test('what is still refused stays, is told by cause, and is found once though slices end before', async () => {
  await plantLetters(70, undefined, 1);
  await stage.putItem({ pk: { S: 'letter-7' }, ...POISON });
  stage.openSearch.behave(when(isBulk, slow(600))); // three chunks of letters: too much for one slice
  const { answer, report, lines, slices } = await runToEnd(
    stage,
    { ...replay, segments: 1 },
    {
      sliceMilliseconds: 2400,
    },
  );
  expect(slices).toBeGreaterThan(1);
  expect(answer.verdict).toBe('something_left');
  expect(report.tables[0].counts).toMatchObject({ records: 70, settled: 69, refused: 1 });
  const object = `rejected/${stage.name}/2026/01/01/7.ndjson`;
  expect(report.causes).toEqual([
    expect.objectContaining({ place: `${stage.name}.poison`, count: 1, objects: [object] }),
  ]);
  expect(lines).toEqual([
    expect.objectContaining({ type: 'left', object, kind: 'refused', id: 'letter-7' }),
  ]);
  expect(letterKeys()).toEqual([object]);
});

test('a dry run settles nothing, and a moment leaves out what was stored before', async () => {
  await plantLetters(4);
  const dry = await runToEnd(stage, { ...replay, dry_run: true });
  expect(dry.answer.verdict).toBe('something_left');
  expect(dry.report.tables[0].counts).toMatchObject({ records: 4, settled: 0 });
  expect(dry.lines).toHaveLength(4);
  const late = await runToEnd(stage, { ...replay, since: '2026-01-01' }); // stored in 1970
  expect(late.report.tables[0].counts).toMatchObject({ records: 0 });
  expect(letterKeys()).toHaveLength(2);
});

test('only the letters of the tables that were ordered are settled', async () => {
  await plantLetters(4);
  await plantLetters(4, 'other');
  await runToEnd(stage, { ...replay, tables: [stage.table('other').name] });
  expect(letterKeys()).toHaveLength(2);
  expect(letterKeys().every((key) => key.startsWith(`rejected/${stage.name}/`))).toBe(true);
});

test('a table whose items cannot be read is stuck: the others are settled, and its letters stay', async () => {
  await plantLetters(4);
  await plantLetters(4, 'other');
  const denied = { __type: 'x#AccessDeniedException', message: 'not allowed' };
  const isOfTable = ({ body }: ProxiedRequest) => body.includes(`"${stage.name}":`);
  stage.dynamoDB.behave(when(isOfTable, answering(400, denied)));
  const { answer, report } = await runToEnd(
    stage,
    { ...replay, segments: 1 },
    { sliceMilliseconds: 16_000 },
  );
  expect(answer.verdict).toBe('something_left');
  expect(report.stuck).toEqual([{ table: stage.name }]);
  expect(report.tables[0].counts).toMatchObject({ settled: 4, unsettled: 4 });
  expect(letterKeys()).toHaveLength(2);
});

const isStateOfPart = ({ method, path }: ProxiedRequest): boolean =>
  method === 'PUT' && path.includes('/parts/');

test('slices that run at once, or die before they are stored, do no harm', async () => {
  await plantLetters(80);
  let slices = 0;
  const { answer } = await runToEnd(
    stage,
    { ...replay, segments: 2 },
    {
      sliceMilliseconds: 3000,
      slice: async (_part, take) => {
        if (slices++ === 0) {
          stage.aws.behave(when(isStateOfPart, cutBefore));
          return take().finally(() => stage.aws.behave());
        }
        const [one] = await Promise.all([take(), take()]);
        return one;
      },
    },
  );
  expect(answer.verdict).toBe('well');
  expect(letterKeys()).toEqual([]);
  await expectIndexToEqualTable(stage);
});

test('where nothing of a share can be settled the slice is hindered, and a later one goes on', async () => {
  await plantLetters(4);
  const run = newRunName();
  const answer = await begin(run, { ...replay, segments: 1 });
  const [part] = answer.is_done ? [] : partsIn(stage, answer.manifest.key);
  if (part === undefined) throw new Error('there is no part');
  stage.openSearch.behave(answering(503));
  await expect(takeSlice(run, part, 1500)).rejects.toMatchObject({ name: 'Hindered' });
  expect(letterKeys()).toHaveLength(2);
  stage.openSearch.behave();
  await expect(takeSlice(run, part)).resolves.toEqual({ is_done: true });
  await expect(ask({ step: 'next', run })).resolves.toMatchObject({ verdict: 'well' });
});
