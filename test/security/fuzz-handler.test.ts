import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InvocationResult } from '../../scripts/local/lambda/invocation-result.ts';
import { closeServer, listenOnLoopback } from '../../scripts/local/loopback.ts';
import { askOpenSearch } from '../support/ask-opensearch.ts';
import { openStage, type Stage } from '../support/function-stage.ts';
import { metricLines } from '../support/metric-lines.ts';
import { type Json, mangled, mutated } from './mutations.ts';
import { assertAccount, assertLetters, comingAgain, recordsFor } from './oracle.ts';
import { realEvents, TABLE_KINDS } from './real-events.ts';
import { fuzzRuns } from './runs.ts';

const RUNS = fuzzRuns(120);
const LONGEST_RUN_MILLISECONDS = 6000;

let emptyDynamoDB: Server;
let stage: Stage;
let tables: ReadonlySet<string>;
let events: fc.Arbitrary<Json>;

beforeAll(async () => {
  emptyDynamoDB = createServer(async (incoming, outgoing) => {
    const [table = ''] = Object.keys(JSON.parse(await text(incoming)).RequestItems);
    outgoing.end(JSON.stringify({ Responses: { [table]: [] } }));
  });
  stage = await openStage({
    dynamoDBUrl: await listenOnLoopback(emptyDynamoDB),
    tables: Object.fromEntries(TABLE_KINDS.map(({ suffix, keys }) => [suffix, { keys }])),
  });
  tables = new Set([stage.name, ...TABLE_KINDS.map(({ suffix }) => `${stage.name}.${suffix}`)]);
  events = realEvents(stage.name);
});

afterAll(async () => {
  await stage.stop();
  await closeServer(emptyDynamoDB);
});

describe('a mutated event', { timeout: RUNS * LONGEST_RUN_MILLISECONDS }, () => {
  let canaries = 0; // that are in the index

  test('leaves every record one outcome, the letters whole and its neighbour written', async () => {
    await fc.assert(
      fc.asyncProperty(events.chain(mutated), fc.nat(), async (event, at) => {
        const canary = `canary-${crypto.randomUUID()}`;
        await expectOutcomes(JSON.stringify(withCanary(event, canary, at)), canary);
      }),
      { numRuns: RUNS },
    );
    expect(canaries).toBeGreaterThan(RUNS / 5);
  });

  test('that is no JSON any more, or another one, does as little harm', async () => {
    await fc.assert(
      fc.asyncProperty(
        events.chain((event) => mangled(JSON.stringify(event))),
        async (event) => expectOutcomes(event),
      ),
      { numRuns: RUNS / 2 },
    );
  });

  test('never ended the process', () => {
    expect(stage.coldStarts()).toBe(1);
  });

  const expectOutcomes = async (event: string, canary?: string): Promise<void> => {
    stage.takeLines();
    stage.awsState.objects.clear();
    const result = await stage.invokeText(event, LONGEST_RUN_MILLISECONDS);
    const lines = stage.takeLines();
    const records = recordsFor(parsed(event), tables);
    if (records === undefined) {
      expect(result.kind).toBe('failed');
      expect(stage.letters()).toEqual([]);
      return;
    }
    const { batchItemFailures } = JSON.parse(answerOf(result));
    const again = comingAgain(records, batchItemFailures[0]?.itemIdentifier);
    const metrics = metricLines(lines);
    assertAccount(records, again, metrics);
    const count = metrics.reduce((sum, line) => sum + Number(line['DeadLettered']), 0);
    assertLetters(records, again, {
      letters: stage.letters().map(({ letter }) => letter.record),
      count,
    });
    if (canary === undefined || again[positionOf(canary, records)] === true) return;
    await askOpenSearch(stage.openSearchUrl, 'GET', `/${stage.name}/_doc/${canary}`);
    canaries++;
  };
});

const answerOf = (result: InvocationResult): string => {
  if (result.kind === 'answered') return result.payload;
  throw new Error(`the invocation did not answer: ${JSON.stringify(result)}`);
};

const parsed = (text: string): Json | undefined => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The event with a healthy record of the one table somewhere among the others, if they are a list at all. */
const withCanary = (event: Json, key: string, at: number): Json => {
  const { Records: records } = Object(event);
  if (!Array.isArray(records)) return event;
  const position = at % (records.length + 1);
  const canary: Json = JSON.parse(JSON.stringify(stage.put(key)));
  return { ...Object(event), Records: records.toSpliced(position, 0, canary) };
};

const positionOf = (canary: string, records: readonly Json[]): number =>
  records.findIndex((record) => Object(record).dynamodb?.Keys?.pk?.S === canary);
