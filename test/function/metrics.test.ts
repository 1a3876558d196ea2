import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { metricFormatProblems } from '../support/embedded-metric-format.ts';
import { answering, failingItems, onBulk, slow } from '../support/faults.ts';
import { type Outcome, openStage, type Stage, warmUp } from '../support/function-stage.ts';
import { installRuntimeInterfaceClient } from '../support/runtime-interface-client.ts';

const HASTY_MILLISECONDS = 3500; // a second and a half of work

const COUNTS = ['Received', 'Written', 'Folded', 'Superseded', 'DeadLettered', 'Retried', 'Reread'];
const TIMES = ['BulkMilliseconds', 'FreshnessMilliseconds'];

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ tables: { other: {} } });
  await warmUp(HASTY_MILLISECONDS, ['other'])(stage);
});

beforeEach(() => stage.openSearch.behave());

afterAll(() => stage.stop());

const nowSeconds = () => Math.floor(Date.now() / 1000);

const metricsIn = ({ lines }: Outcome) => lines.filter((line) => line.includes('_aws'));

const definitions = (line: string) => {
  const { _aws: metadata } = JSON.parse(line);
  return metadata.CloudWatchMetrics[0];
};

test('an invocation writes one line a table, as CloudWatch wants it', async () => {
  const of = { table: `${stage.name}.other` };
  const outcome = await stage.invoke([stage.put('a'), stage.put('b', {}, of), stage.put('a')]);
  const lines = metricsIn(outcome);
  expect(lines.flatMap(metricFormatProblems)).toEqual([]);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { function: 'function', table: stage.name, Received: 2, Written: 1, Folded: 1 },
    { function: 'function', table: of.table, Received: 1, Written: 1, Folded: 0 },
  ]);
  for (const line of lines) {
    expect(definitions(line)).toMatchObject({
      Namespace: 'DynamoDBToOpenSearch',
      Dimensions: [['function', 'table']],
      Metrics: [
        ...COUNTS.map((Name) => ({ Name, Unit: 'Count' })),
        ...TIMES.map((Name) => ({ Name, Unit: 'Milliseconds' })),
      ],
    });
  }
});

test('an invocation that writes nothing has counts and no times', async () => {
  stage.openSearch.behave(onBulk(failingItems(() => ({ status: 400 }))));
  const rejected = await stage.invoke([stage.put('a')]);
  stage.openSearch.behave(onBulk(answering(503)));
  const retried = await stage.invoke([stage.put('a')], HASTY_MILLISECONDS);
  for (const [line = ''] of [metricsIn(rejected), metricsIn(retried)]) {
    expect(metricFormatProblems(line)).toEqual([]);
    expect(definitions(line).Metrics).toEqual(COUNTS.map((Name) => ({ Name, Unit: 'Count' })));
    expect(Object.keys(JSON.parse(line))).not.toContain('FreshnessMilliseconds');
  }
});

describe('the times', () => {
  test('are those of the bulk requests, and of the written record that waited longest', async () => {
    stage.openSearch.behave(onBulk(slow(300)));
    const seconds = nowSeconds();
    const { metrics } = await stage.invoke([
      stage.put(crypto.randomUUID(), {}, { seconds: seconds - 20 }),
      stage.put(crypto.randomUUID(), {}, { seconds: seconds - 70 }),
      stage.put(crypto.randomUUID(), {}, { seconds }),
    ]);
    expect(metrics['BulkMilliseconds']).toBeGreaterThanOrEqual(300);
    expect(metrics['BulkMilliseconds']).toBeLessThan(5000);
    expect(metrics['FreshnessMilliseconds']).toBeGreaterThanOrEqual(70_000);
    expect(metrics['FreshnessMilliseconds']).toBeLessThan(80_000);
  });

  test('do not count records that come again, such as one that was written after one that was not', async () => {
    stage.openSearch.behave(
      onBulk(failingItems((id) => (id === 'busy' ? { status: 429 } : undefined))),
    );
    const seconds = nowSeconds() - 600;
    const records = [stage.put('new'), stage.put('busy'), stage.put('old', {}, { seconds })];
    const { metrics } = await stage.invoke(records, HASTY_MILLISECONDS);
    expect(metrics).toMatchObject({ Written: 1, Retried: 2 });
    expect(metrics['FreshnessMilliseconds']).toBeLessThan(20_000);
  });

  test('are never negative, also when the clock of DynamoDB is ahead', async () => {
    const { metrics } = await stage.invoke([
      stage.put('ahead', {}, { seconds: nowSeconds() + 30 }),
    ]);
    expect(metrics['FreshnessMilliseconds']).toBe(0);
  });
});

test('the lines are raw under Lambda’s own runtime with its JSON log format', async () => {
  const ricPath = await installRuntimeInterfaceClient();
  const environment = { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: 'INFO' };
  const inLambda = await openStage({ ricPath, environment });
  inLambda.openSearch.behave(
    onBulk(failingItems((id) => (id === 'busy' ? { status: 429 } : undefined))),
  );
  const outcome = await inLambda.invoke([inLambda.put('a'), inLambda.put('busy')], 4000);
  await inLambda.stop();
  const lines = metricsIn(outcome);
  expect(lines).toHaveLength(1);
  expect(lines.flatMap(metricFormatProblems)).toEqual([]);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ Received: 2, Written: 1, Retried: 1 });
  const warnings = outcome.lines.filter((line) => line.includes('"level":"WARN"'));
  expect(warnings.map((line) => JSON.parse(line))).toMatchObject([
    { message: 'records come again', table: inLambda.name, status: 429 },
  ]);
});
