import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { askOpenSearch } from '../../../support/ask-opensearch.ts';
import type { Behaviour, ProxiedRequest } from '../../../support/fault-proxy.ts';
import { answering, cutAfter, cutBefore, healthy, inTurn, when } from '../../../support/faults.ts';
import { manyItems, putItems } from '../../../support/items.ts';
import { type OperatorStage, openOperatorStage } from '../../../support/operator-stage.ts';
import { bulk, indexItems, verified } from './verified.ts';

let stage: OperatorStage;

beforeAll(async () => {
  stage = await openOperatorStage({
    tables: { many: {}, shards: { settings: { number_of_shards: 3 } } },
  });
  for (const suffix of ['', 'shards']) {
    await putItems(stage, manyItems(400), suffix);
    await indexItems(stage, suffix);
  }
  await askOpenSearch(stage.openSearchUrl, 'DELETE', `/${stage.name}/_doc/item-7`);
  await askOpenSearch(stage.openSearchUrl, 'PUT', `/${stage.name}/_doc/extra`, { pk: 'extra' });
});

beforeEach(() => {
  stage.openSearch.behave();
  stage.dynamoDB.behave();
});

afterAll(() => stage.stop());

const FOUND = ['extra extra', 'missing item-7'];

const tooMany = answering(429, '');
const sick = answering(503, '<html>');
const throttled = answering(400, { __type: 'ProvisionedThroughputExceededException' });
const half: Behaviour = async (_request, passOn) => {
  const reply = await passOn();
  return {
    ...reply,
    headers: {},
    body: Buffer.from(reply.body).subarray(0, reply.body.length / 2),
  };
};

/** Every other request suffers one of these, in turn. */
const everyOther = (faults: readonly Behaviour[]): Behaviour => {
  let count = 0;
  return (request, passOn) => {
    count++;
    const fault = count % 2 === 0 ? faults[(count / 2) % faults.length] : healthy;
    return (fault ?? healthy)(request, passOn);
  };
};

describe('the same is found', () => {
  test('while OpenSearch is sick, overrun and cut off every other time', async () => {
    stage.openSearch.behave(everyOther([tooMany, sick, cutBefore, cutAfter, half]));
    expect((await verified(stage)).told).toEqual(FOUND);
  });

  test('while DynamoDB throttles, fails and is cut off every other time', async () => {
    stage.dynamoDB.behave(everyOther([throttled, answering(500), cutBefore, cutAfter]));
    expect((await verified(stage)).told).toEqual(FOUND);
  });

  test('when the table is throttled for longer than the client of AWS tries', async () => {
    stage.dynamoDB.behave(inTurn(Array.from({ length: 12 }, () => throttled)));
    expect((await verified(stage)).told).toEqual(FOUND);
  });

  test('when a point in time is lost, which is then opened anew, that of one shard alone', async () => {
    stage.openSearch.behave(when(isSearch, inTurn([healthy, losing])));
    const { told, counts } = await verified(stage, 'shards', { workers: 1 });
    expect({ told, documents: counts.documents }).toEqual({ told: [], documents: 400 });
    expect(stage.openSearch.requests.filter(isOpening)).toHaveLength(4);
  });
});

const isSearch = ({ path }: ProxiedRequest) => path.startsWith('/_search?');
const isOpening = ({ method, path }: ProxiedRequest) =>
  method === 'POST' && path.includes('/_search/point_in_time');

/** The point in time is gone when the request arrives. */
const losing: Behaviour = async (request, passOn) => {
  const { pit } = JSON.parse(request.body.toString());
  const close = { pit_id: [pit.id] };
  await askOpenSearch(stage.openSearchUrl, 'DELETE', '/_search/point_in_time', close);
  return passOn();
};

test('documents of more than a page are enumerated to the last one, also when the second page is lost', async () => {
  await indexItems(stage, 'many');
  const lines = Array.from({ length: 10_300 }, (_, n) => `{"index":{"_id":"k${n}"}}\n{}\n`);
  await bulk(stage, stage.table('many'), lines.join(''));
  let searches = 0;
  stage.openSearch.behave(
    when(isSearch, (request, passOn) => {
      searches++;
      return (searches === 2 || searches === 5 ? losing : healthy)(request, passOn);
    }),
  );
  const { counts } = await verified(stage, 'many');
  expect(counts).toMatchObject({ documents: 10_300, extra: 10_300 });
}, 120_000);

test('what it waits for is told, with how long it will wait, until it goes on', async () => {
  const told: [string | undefined, number | undefined][] = [];
  stage.openSearch.behave(inTurn([sick]));
  await verified(stage, 'shards', { onHindrance: (cause, left) => told.push([cause, left]) });
  const [first] = told.filter(([cause]) => cause !== undefined);
  expect(first).toEqual(['OpenSearch: http_503', expect.any(Number)]);
  expect(first?.[1]).toBeGreaterThan(30_000);
  expect(told.at(-1)).toEqual([undefined, undefined]);
});

describe('it gives up, with the cause, when', () => {
  const patienceMilliseconds = 500;

  test.each([
    ['OpenSearch stays sick', sick, /OpenSearch did not .*: HTTP 503$/],
    ['OpenSearch stays overrun', tooMany, /OpenSearch did not .*: HTTP 429$/],
    ['OpenSearch cannot be reached', cutBefore, /it could not be reached/],
  ])('%s', async (_, behaviour, message) => {
    stage.openSearch.behave(behaviour);
    await expect(verified(stage, '', { patienceMilliseconds })).rejects.toThrow(message);
  });

  test('DynamoDB throttles on and on', async () => {
    stage.dynamoDB.behave(throttled);
    const verification = verified(stage, '', { patienceMilliseconds });
    await expect(verification).rejects.toThrow(/items of the table .*ProvisionedThroughput/);
  });

  test.each([
    [
      'DynamoDB has no such table',
      answering(400, { __type: 'ResourceNotFoundException' }),
      /ResourceNotFound/,
    ],
    ['DynamoDB denies access', answering(400, { __type: 'AccessDeniedException' }), /AccessDenied/],
  ])('%s, at once', async (_, behaviour, message) => {
    stage.dynamoDB.behave(behaviour);
    await expect(verified(stage)).rejects.toThrow(message);
  });

  test('OpenSearch denies access, soon', async () => {
    stage.openSearch.behave(answering(403, { error: { type: 'security_exception' } }));
    await expect(verified(stage)).rejects.toThrow(/security_exception \(HTTP 403\).*role mapping/);
  });

  test('the domain’s access policy denies access, in its own words and once', async () => {
    const message = 'User: anonymous is not authorized to perform: es:ESHttpPost';
    stage.openSearch.behave(answering(403, { Message: message }));
    await expect(verified(stage)).rejects.toThrow(`: ${message} (HTTP 403). Whoever runs this`);
  });

  test('somebody wants it to stop', async () => {
    const controller = new AbortController();
    stage.openSearch.behave(sick);
    setTimeout(() => controller.abort(new Error('enough')), 300);
    await expect(verified(stage, '', { signal: controller.signal })).rejects.toThrow();
  });
});
