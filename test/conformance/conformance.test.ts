import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAwsStandIn } from '../../scripts/local/aws-stand-in.ts';
import { parseExactly } from '../support/exact-json.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { indexContents } from '../support/index-contents.ts';
import { sharedServer } from '../support/shared-server.ts';
import { type CaseRecord, type ConformanceCase, conformanceCases } from './cases.ts';
import { runCase, type Stage, type StepResult } from './run-case.ts';

const profilesOf = ({ profile }: ConformanceCase) =>
  profile === 'both' ? (['exact', 'bfansports'] as const) : [profile];

describe.each(['3.8', '2.19'] as const)('with OpenSearch %s', (version) => {
  let stage: Stage;

  beforeAll(async () => {
    const openSearchUrl = await sharedServer(`opensearch-${version}`);
    stage = {
      openSearchUrl,
      dynamoDBUrl: await sharedServer('dynamodb-local'),
      proxy: await startFaultProxy(openSearchUrl),
      aws: await startAwsStandIn(),
    };
  });

  afterAll(async () => {
    await stage.proxy.stop();
    await stage.aws.stop();
  });

  for (const conformanceCase of conformanceCases()) {
    for (const profile of profilesOf(conformanceCase)) {
      test(`${conformanceCase.category}: ${conformanceCase.name} (${profile})`, async () => {
        const results = await runCase(conformanceCase, profile, stage);
        for (const result of results) expectStep(result);
        await expectEnd(conformanceCase, stage);
      });
    }
  }
});

const expectStep = ({ step, answer, metrics, bulkRequests, searchable }: StepResult): void => {
  const { expect: wanted } = step;
  expect(bulkRequests.length).toBeGreaterThanOrEqual(wanted.requests?.min ?? 0);
  expect(bulkRequests.length).toBeLessThanOrEqual(wanted.requests?.max ?? Number.POSITIVE_INFINITY);
  for (const { path } of bulkRequests) expect(path).toMatch(/^\/[^/]+\/_bulk(\?|$)/);
  if (wanted.throws === true) {
    expect(answer).toBeUndefined();
    return;
  }
  expect(answer).toEqual(wanted.answer ?? answerOf(wanted.lowest_failure ?? null));
  for (const id of wanted.searchable ?? []) expect(searchable).toContain(id);
  for (const [metric, count] of Object.entries(wanted.counts ?? {})) {
    expect(sumOf(metric, metrics), metric).toBe(count);
  }
  expectBalance({ step, answer, metrics });
};

const answerOf = (lowestFailure: string | null) => ({
  batchItemFailures: lowestFailure === null ? [] : [{ itemIdentifier: lowestFailure }],
});

/** Received and the outcomes add up per table, and Retried counts from the returned number on. */
const expectBalance = ({
  step,
  answer,
  metrics,
}: Pick<StepResult, 'step' | 'answer' | 'metrics'>) => {
  const from = (answer as ReturnType<typeof answerOf>).batchItemFailures[0]?.itemIdentifier;
  const byTable = Map.groupBy(step.event.Records, tableOf);
  expect(metrics.map(({ table }) => table).sort()).toEqual([...byTable.keys()].sort());
  for (const line of metrics) {
    const records = byTable.get(line.table) ?? [];
    const outcomes = ['Written', 'Folded', 'Superseded', 'DeadLettered', 'Retried'];
    expect(line['Received']).toBe(records.length);
    expect(outcomes.reduce((sum, outcome) => sum + Number(line[outcome]), 0)).toBe(records.length);
    const isRetried = (record: CaseRecord) =>
      from !== undefined && BigInt(record.dynamodb.SequenceNumber) >= BigInt(from);
    expect(line['Retried']).toBe(records.filter(isRetried).length);
  }
};

const tableOf = ({ eventSourceARN }: CaseRecord): string => eventSourceARN.split('/')[1] ?? '';

const sumOf = (metric: string, metrics: StepResult['metrics']): number =>
  metrics.reduce((sum, line) => sum + Number(line[metric]), 0);

const expectEnd = async (
  { expect: wanted, steps }: ConformanceCase,
  stage: Stage,
): Promise<void> => {
  const letters = deadLettersIn(stage);
  const numbers = letters.map(({ record }) => record.dynamodb.SequenceNumber).sort();
  expect(numbers).toEqual([...(wanted.dead_letters ?? numbers)].sort());
  const records = new Map(
    steps
      .flatMap(({ event }) => event.Records ?? [])
      .map((record) => [record.dynamodb.SequenceNumber, record]),
  );
  for (const { record } of letters)
    expect(record).toEqual(records.get(record.dynamodb.SequenceNumber));
  for (const [index, documents] of Object.entries(wanted.documents ?? {})) {
    const stored = await indexContents(stage.openSearchUrl, index);
    const found = [...stored].map(([id, { source }]) => [id, source]);
    expect(sortSets(Object.fromEntries(found), documents)).toEqual(withoutMarkers(documents));
  }
  for (const [index, ids] of Object.entries(wanted.ids ?? {})) {
    expect([...(await indexContents(stage.openSearchUrl, index)).keys()].sort()).toEqual(
      [...ids].sort(),
    );
  }
  for (const [index, ids] of Object.entries(wanted.present ?? {})) {
    const stored = await indexContents(stage.openSearchUrl, index);
    for (const id of ids) expect([...stored.keys()]).toContain(id);
  }
  for (const [index, ids] of Object.entries(wanted.settled ?? {})) {
    const stored = await indexContents(stage.openSearchUrl, index);
    const settled = [...stored.keys(), ...letters.map(({ id }) => id)];
    for (const id of ids) expect(settled).toContain(id);
  }
  for (const [index, versions] of Object.entries(wanted.versions ?? {})) {
    const stored = await indexContents(stage.openSearchUrl, index);
    for (const [id, version] of Object.entries(versions)) {
      expect(String(stored.get(id)?.version)).toBe(version);
    }
  }
  for (const [index, types] of Object.entries(wanted.field_types ?? {})) {
    const response = await fetch(`${stage.openSearchUrl}/${index}/_mapping`);
    const { [index]: found } = (await response.json()) as {
      [index: string]: { mappings: { properties: { [field: string]: { type: string } } } };
    };
    for (const [name, type] of Object.entries(types)) {
      expect(found?.mappings.properties[name]?.type).toBe(type);
    }
  }
};

type Letter = { readonly id: string; readonly record: CaseRecord };

const deadLettersIn = ({ aws }: Stage): readonly Letter[] =>
  [...aws.objects.values()].flatMap((body) =>
    body
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => parseExactly(line) as Letter),
  );

type Marked = { readonly $set: readonly unknown[] };

const isMarked = (value: unknown): value is Marked =>
  typeof value === 'object' && value !== null && '$set' in value;

/** Brings the arrays that stand for sets into the order of the wanted ones. */
const sortSets = (found: unknown, wanted: unknown): unknown => {
  if (isMarked(wanted)) return Array.isArray(found) ? [...found].sort() : found;
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return found;
  const members = Object.entries(found).map(([name, member]) => [
    name,
    sortSets(member, (wanted as { [name: string]: unknown } | undefined)?.[name]),
  ]);
  return Object.fromEntries(members);
};

const withoutMarkers = (wanted: unknown): unknown => {
  if (isMarked(wanted)) return [...wanted.$set].sort();
  if (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted)) return wanted;
  return Object.fromEntries(
    Object.entries(wanted).map(([name, member]) => [name, withoutMarkers(member)]),
  );
};
