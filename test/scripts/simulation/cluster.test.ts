import { expect, test } from 'vitest';
import { createCluster } from '../../../scripts/simulation/cluster.ts';
import type { ClusterSettings, Outage } from '../../../scripts/simulation/cluster-settings.ts';
import { createTally } from '../../../scripts/simulation/tally.ts';
import { createVirtualTime } from '../../../scripts/simulation/virtual-time.ts';

/** One node of one core; a document is 10 ms of it to write, and everything else nothing. */
const settings: ClusterSettings = {
  nodes: 1,
  coresPerNode: 1,
  queueSize: 100,
  documentsUnderWay: 100,
  indexShards: 1,
  networkMilliseconds: 0,
  requestMilliseconds: 0,
  receivedDocumentMilliseconds: 0,
  writeMilliseconds: 0,
  writtenDocumentMilliseconds: 10,
};

const open = (parts: Partial<ClusterSettings> = {}, outage: Outage = 'none') => {
  const time = createVirtualTime();
  const tally = createTally();
  const cluster = createCluster({
    time,
    tally,
    random: () => 0,
    settings: { ...settings, ...parts },
    outage: () => outage,
  });
  const answers: string[] = [];
  const send = (ids: readonly string[], timeoutMilliseconds = 1000) => {
    const lines = ids.map(
      (id) => `{"index":{"_id":"${id}","version":1}}\n{"id":"${id}","record":7}\n`,
    );
    const request = {
      method: 'POST',
      path: '/orders/_bulk',
      body: Buffer.from(lines.join('')),
    } as const;
    void cluster.send(request, timeoutMilliseconds).then((answer) => {
      const text =
        answer.kind === 'answered' ? `${answer.status} ${statusesIn(answer.body)}` : answer.error;
      answers.push(`${time.now()}: ${text}`.trim());
    });
  };
  return { time, tally, cluster, answers, send };
};

const statusesIn = (body: string): string =>
  [...body.matchAll(/"index":{"status":(\d+)/g)].map(([, status]) => status).join(' ');

test('requests wait for a core, and are answered when their documents are written', async () => {
  const { time, answers, send, cluster } = open();
  send(['a', 'b']);
  send(['c']);
  await time.passUntil(10);
  expect(cluster.queueLength()).toBe(1);
  await time.passUntil(100);
  expect(answers).toEqual(['20: 200 200 200', '30: 200 200']);
  expect([...cluster.contents.documents.keys()]).toEqual(['a', 'b', 'c']);
});

test('what a full queue has no room for is rejected, document by document', async () => {
  const { time, answers, send, tally } = open({ queueSize: 1 });
  send(['a']);
  await time.passUntil(1);
  for (const id of ['b', 'c']) send([id]);
  await time.passUntil(100);
  expect(answers).toEqual(['10: 200 200', '10: 200 429', '20: 200 200']);
  expect(tally).toMatchObject({ rejectedDocuments: 1, written: 2, refusedRequests: 0 });
});

test('of one request, the documents of one index shard can be rejected, and those of another written', async () => {
  const { time, answers, send } = open({ indexShards: 4, queueSize: 1 });
  send(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
  await time.passUntil(1000);
  expect(answers[0]).toMatch(/^\d+: 200 (?=.*200)(?=.*429)/);
});

test('a node refuses a request as a whole while too many documents are under way', async () => {
  const { time, answers, send, tally } = open({ documentsUnderWay: 2 });
  send(['a', 'b']);
  send(['c']);
  await time.passUntil(30);
  send(['d']);
  await time.passUntil(100);
  expect(answers).toEqual(['0: 429', '20: 200 200 200', '40: 200 200']);
  expect(tally.refusedRequests).toBe(1);
});

test('what nobody waits for any more is written all the same', async () => {
  const { time, answers, send, tally, cluster } = open();
  send(['a', 'b', 'c'], 15);
  await time.passUntil(16);
  send(['a'], 1000);
  await time.passUntil(100);
  expect(answers).toEqual(['15: TimeoutError', '40: 200 200']);
  expect(cluster.contents.documents.size).toBe(3);
  expect(tally).toMatchObject({ written: 3, repeated: 1 });
});

test('in an outage it refuses whatever comes, or never answers', async () => {
  const refusing = open({}, 'refusing');
  refusing.send(['a']);
  await refusing.time.passUntil(2000);
  expect(refusing.answers).toEqual(['0: 503']);
  const silent = open({}, 'silent');
  silent.send(['a']);
  await silent.time.passUntil(2000);
  expect(silent.answers).toEqual(['1000: TimeoutError']);
  expect(silent.tally.written).toBe(0);
});
