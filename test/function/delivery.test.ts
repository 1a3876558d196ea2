import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Item } from '../../function/src/core/attribute-value.ts';
import type { StreamRecord } from '../../function/src/core/stream-record.ts';
import { type FakeDynamoDB, startFakeDynamoDB } from '../support/fake-dynamodb.ts';
import { type Behaviour, type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import {
  answering,
  cutAfter,
  cutBefore,
  failingItems,
  healthy,
  idsIn,
  inTurn,
  onBulk,
  slow,
  stallingAfter,
} from '../support/faults.ts';
import { openStage, type Stage, warmUp } from '../support/function-stage.ts';
import { deliverAll } from '../support/stream-driver.ts';

const TIMEOUT_MILLISECONDS = 2700; // seven tenths of a second of work, so that much comes again

let fake: FakeDynamoDB;
let dynamoDB: FaultProxy;
let stage: Stage;
let items: Item[];

beforeAll(async () => {
  fake = await startFakeDynamoDB();
  dynamoDB = await startFaultProxy(fake.url);
  // An object: a text in its place is refused.
  const mappings = { properties: { poison: { type: 'object' } } };
  stage = await openStage({ dynamoDBUrl: dynamoDB.url, table: { mappings } });
  items = [];
  fake.tables.set(stage.name, { keys: ['pk'], items });
  await warmUp(TIMEOUT_MILLISECONDS)(stage);
});

afterAll(async () => {
  await stage.stop();
  await dynamoDB.stop();
  await fake.stop();
});

type Change = {
  readonly key: number;
  readonly effect: 'put' | 'poison' | 'remove';
  /** Whether the stream carries the item. */
  readonly hasImage: boolean;
  /** Seconds since the last one. */
  readonly later: number;
  /** How far the clock of its storage node is off, in seconds: less than half of what is explained by clocks. */
  readonly off: number;
};

const changes = fc.array(
  fc.record<Change>({
    key: fc.nat({ max: 7 }),
    effect: fc.oneof(
      { weight: 6, arbitrary: fc.constant('put' as const) },
      { weight: 1, arbitrary: fc.constant('poison' as const) },
      { weight: 3, arbitrary: fc.constant('remove' as const) },
    ),
    hasImage: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.boolean()),
    later: fc.constantFrom(0, 0, 0, 1),
    off: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.integer({ min: -25, max: 25 })),
  }),
  { minLength: 40, maxLength: 120 },
);

const isUnlucky = (share: number) => (id: string) =>
  (Number(id.split('-').at(-1)) * 7 + share) % 3 === 0;

const bulkFaults: fc.Arbitrary<Behaviour> = fc.oneof(
  { weight: 5, arbitrary: fc.constant(healthy) },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      answering(429),
      answering(503),
      answering(200, '<html>'),
      cutBefore,
      cutAfter,
      slow(100),
      stallingAfter,
    ),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({ share: fc.nat({ max: 2 }), status: fc.constantFrom(429, 503, 403) })
      .map(({ share, status }) =>
        failingItems((id) => (isUnlucky(share)(id) ? { status } : undefined)),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.nat({ max: 3 }).map(
      (most): Behaviour =>
        (request, passOn) =>
          idsIn(request).length > most + 1 ? { status: 413, body: '' } : passOn(),
    ),
  },
);

const readFaults = fc.constantFrom(healthy, healthy, answering(500), cutBefore, answering(200, {}));

const scenarios = fc.record({
  changes,
  batchSizes: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 3, maxLength: 8 }),
  bulkFaults: fc.array(bulkFaults, { minLength: 10, maxLength: 30 }),
  readFaults: fc.array(readFaults, { maxLength: 5 }),
});

test('whatever OpenSearch and DynamoDB do, in the end the index equals the table, letters explain the rest, and the counts add up', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(scenarios, async (scenario) => {
      const prefix = `run${run++}-${crypto.randomUUID()}-`;
      const { records, finalItems } = play(scenario.changes, prefix);
      items.splice(0, items.length, ...finalItems.values());
      stage.openSearch.behave(onBulk(inTurn(scenario.bulkFaults)));
      dynamoDB.behave(inTurn(scenario.readFaults));
      const delivered = await deliverAll(batchesOf(records, scenario.batchSizes), (batch) =>
        stage.invoke(batch, TIMEOUT_MILLISECONDS),
      );
      expect(delivered.accounted).toBe(records.length);
      await expectEquality(prefix, finalItems);
    }),
    {
      numRuns: 6,
      endOnFailure: true,
      interruptAfterTimeLimit: 10_000,
      markInterruptAsFailure: false,
    },
  );
});

/** What the stream says of the changes, and what the table holds after all of them. */
const play = (all: readonly Change[], prefix: string) => {
  const finalItems = new Map<string, Item>();
  let time = Math.floor(Date.now() / 1000) - 300; // of the last change
  const records = all.map(
    ({ key: number, effect, hasImage, later, off }, position): StreamRecord => {
      time += later;
      const seconds = time + off;
      const key = `${prefix}${number}`;
      if (effect === 'remove') {
        finalItems.delete(key);
        return stage.remove(key, { seconds });
      }
      const poison = effect === 'poison' ? { S: 'no object' } : { M: {} };
      const item = { pk: { S: key }, n: { N: String(position) }, poison };
      finalItems.set(key, item);
      return stage.put(key, {}, { seconds, image: hasImage ? item : undefined });
    },
  );
  return { records, finalItems };
};

function* batchesOf(records: readonly StreamRecord[], sizes: readonly number[]) {
  let start = 0;
  for (let turn = 0; start < records.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield records.slice(start, start + size);
    start += size;
  }
}

const expectEquality = async (prefix: string, finalItems: ReadonlyMap<string, Item>) => {
  const documents = await stage.documents();
  const rejected = new Set(stage.letters().map(({ letter }) => letter['id']));
  for (let number = 0; number < 8; number++) {
    const key = `${prefix}${number}`;
    const item = finalItems.get(key);
    const isPoison = item?.['poison']?.S !== undefined;
    if (isPoison) expect(rejected).toContain(key);
    else
      expect(documents.get(key)?.source, key).toEqual(
        item && { pk: key, n: Number(item['n']?.N), poison: {} },
      );
  }
};
