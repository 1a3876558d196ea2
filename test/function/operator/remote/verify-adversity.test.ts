import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Hindered } from '../../../../function/src/operator/remote/hindered.ts';
import type { NextPhase, Part } from '../../../../function/src/operator/remote/order.ts';
import { askOpenSearch } from '../../../support/ask-opensearch.ts';
import type { Behaviour } from '../../../support/fault-proxy.ts';
import { answering, inTurn, isBulk, when } from '../../../support/faults.ts';
import { manyItems, putItems } from '../../../support/items.ts';
import { type OperatorStage, openOperatorStage } from '../../../support/operator-stage.ts';
import { ask, begin, newRunName, partsIn, takeSlice } from '../../../support/run-to-end.ts';
import { bulk, indexItems } from '../verify/verified.ts';
import { verifiedInSlices } from './verify-suite.ts';

let stage: OperatorStage;

beforeAll(async () => {
  stage = await openOperatorStage({ tables: { late: {}, new: {}, busy: {}, blocked: {} } });
}, 60_000);

beforeEach(() => {
  for (const proxy of [stage.openSearch, stage.dynamoDB, stage.aws]) proxy.behave();
});

afterAll(() => stage.stop());

/** Begins a verification of a table that is one segment. */
const begun = async (suffix: string, order: object = {}): Promise<Run> => {
  const run = newRunName();
  const tables = [stage.table(suffix).name];
  const usual = { command: 'verify', tables, segments: 1, delay_seconds: 0.1 };
  const [part] = partsOf(await begin(run, { ...usual, ...order }));
  if (part === undefined) throw new Error('there is no part');
  return { run, part };
};

type Run = { readonly run: string; readonly part: Part };

const partsOf = (answer: NextPhase): readonly Part[] =>
  answer.is_done ? [] : partsIn(stage, answer.manifest.key);

const next = (run: string): Promise<NextPhase> => ask({ step: 'next', run });

/** Has all parts of a phase done, and asks what is next. */
const workOn = async (run: string, answer: NextPhase): Promise<NextPhase> => {
  for (const part of partsOf(answer)) await takeSlice(run, part);
  return next(run);
};

/** The first scan is held back until it is let go, and denied then. */
const holdScan = () => {
  const [held, letGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const denied = answering(400, { __type: 'x#AccessDeniedException', message: 'not allowed' });
  const hold: Behaviour = async (request, passOn) => {
    held.resolve();
    await letGo.promise;
    return denied(request, passOn);
  };
  stage.dynamoDB.behave(
    when(({ headers }) => String(headers['x-amz-target']).endsWith('.Scan'), inTurn([hold])),
  );
  return { held: held.promise, letGo: () => letGo.resolve() };
};

test('what a slice stores that outlives its phase hides nothing: the part is worked on again', async () => {
  await putItems(stage, manyItems(20), 'late');
  await indexItems(stage, 'late');
  await bulk(stage, stage.table('late'), '{"delete":{"_id":"item-3"}}\n');
  const { run, part } = await begun('late');
  const { held, letGo } = holdScan();
  const late = expect(takeSlice(run, part)).rejects.toThrow('not allowed');
  await held;
  await expect(takeSlice(run, part)).resolves.toEqual({ is_done: true });
  const documents = await next(run);
  letGo();
  await late;
  const items = await workOn(run, documents);
  expect(items).toMatchObject({ is_done: false, phase: 'items' });
  expect(await workOn(run, items)).toMatchObject({ verdict: 'something_left' });
}, 30_000);

test('an index that came after the beginning, and was replaced, is not taken for whole', async () => {
  await putItems(stage, manyItems(20), 'new');
  const { run, part } = await begun('new');
  await indexItems(stage, 'new');
  await takeSlice(run, part);
  const { index } = stage.table('new');
  await askOpenSearch(stage.openSearchUrl, 'DELETE', `/${index}`);
  await bulk(stage, stage.table('new'), '{"index":{"_id":"item-3"}}\n{"pk":"item-3"}\n');
  await expect(workOn(run, await next(run))).rejects.toThrow(
    `fewer documents of ${index} were listed`,
  );
}, 30_000);

test('while OpenSearch has too much to do to read some documents, they are asked for again', async () => {
  await putItems(stage, manyItems(20), 'busy');
  await indexItems(stage, 'busy');
  const error = { type: 'rejected_execution_exception', reason: 'queue capacity' };
  const busy: Behaviour = (request, passOn) => {
    const ids: readonly string[] = JSON.parse(request.body.toString()).ids;
    return answering(200, { docs: ids.map((_id) => ({ _id, error })) })(request, passOn);
  };
  stage.openSearch.behave(when(({ path }) => path.endsWith('/_mget'), inTurn([busy])));
  const { answer } = await verifiedInSlices(stage, { suffix: 'busy', order: { segments: 1 } });
  expect(answer.verdict).toBe('well');
}, 30_000);

test('a repair that is refused for ever does not keep a run going for ever', async () => {
  await putItems(stage, manyItems(20), 'blocked');
  await indexItems(stage, 'blocked');
  const { run, part } = await begun('blocked', { repair: true });
  await bulk(stage, stage.table('blocked'), '{"delete":{"_id":"item-3"}}\n');
  stage.openSearch.behave(
    when(isBulk, answering(403, { error: { type: 'cluster_block_exception' } })),
  );
  await takeSlice(run, part, 3000);
  for (let slice = 0; slice < 3; slice++)
    await expect(takeSlice(run, part, 3000)).rejects.toThrow(Hindered);
  stage.openSearch.behave();
  await expect(takeSlice(run, part)).resolves.toEqual({ is_done: true });
}, 60_000);
