import type { Answer } from '../../function/src/core/answer.ts';
import type { Send } from '../../function/src/opensearch/connection.ts';
import type { Random } from '../bench/random.ts';
import { bulkAnswer, type Write, writesIn } from './bulk-body.ts';
import { type ClusterNode, createClusterNode } from './cluster-node.ts';
import type { ClusterSettings, Outage } from './cluster-settings.ts';
import { createIndexContents, type IndexContents } from './index-contents.ts';
import { indexShardOf } from './index-shard.ts';
import type { Tally } from './tally.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A cluster of OpenSearch as far as its queues go. */
export interface Cluster {
  readonly send: Send;
  readonly contents: IndexContents;
  queueLength(): number;
}

/** What the model is set up with. */
export interface ClusterParts {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly settings: ClusterSettings;
  readonly outage: () => Outage;
  readonly tally: Tally;
}

/** A cluster whose nodes are idle and whose index is empty. */
export const createCluster = (parts: ClusterParts): Cluster => {
  const { time, settings } = parts;
  const contents = createIndexContents();
  const nodes = Array.from({ length: settings.nodes }, () => ({
    ...createClusterNode(time, { cores: settings.coresPerNode, queueSize: settings.queueSize }),
    documentsUnderWay: 0,
  }));
  const model: Model = { ...parts, contents, nodes };
  return {
    contents,
    queueLength: () => nodes.reduce((sum, node) => sum + node.queueLength(), 0),
    send: ({ body }, timeoutMilliseconds) =>
      new Promise((resolve) => {
        const giveUp = time.after(timeoutMilliseconds, () => resolve(TIMEOUT));
        const answer = (late: Answer) => {
          giveUp();
          time.after(settings.networkMilliseconds, () => resolve(late));
        };
        time.after(settings.networkMilliseconds, () =>
          arrive(model, { writes: writesIn(`${body}`), answer }),
        );
      }),
  };
};

const TIMEOUT: Answer = { kind: 'unanswered', error: 'TimeoutError' };

type Node = ClusterNode & { documentsUnderWay: number };
type Model = ClusterParts & {
  readonly contents: IndexContents;
  readonly nodes: readonly Node[];
};
interface BulkRequest {
  readonly writes: readonly Write[];
  readonly answer: (answer: Answer) => void;
}

const arrive = (model: Model, request: BulkRequest): void => {
  const { settings, nodes, tally } = model;
  const { length } = request.writes;
  tally.requests += 1;
  const outage = model.outage();
  if (outage === 'silent') return;
  if (outage === 'refusing') {
    request.answer(refused(503));
    return;
  }
  const node = nodes[Math.floor(model.random() * nodes.length)];
  node?.receive({
    milliseconds: settings.requestMilliseconds + length * settings.receivedDocumentMilliseconds,
    finish: () => {
      if (node.documentsUnderWay + length > settings.documentsUnderWay) {
        tally.refusedRequests += 1;
        tally.rejectedDocuments += length;
        request.answer(refused(429));
        return;
      }
      node.documentsUnderWay += length;
      shareOut(model, request, () => {
        node.documentsUnderWay -= length;
      });
    },
  });
};

const refused = (status: number): Answer => ({
  kind: 'answered',
  status,
  body: '{"error":{"type":"rejected_execution_exception","reason":"too much under way"}}',
});

/** Hands the documents to the nodes of their index shards, and answers when the last is written or rejected. */
const shareOut = (model: Model, { writes, answer }: BulkRequest, onEnd: () => void): void => {
  const isTaken = writes.map(() => true);
  const byShard = Map.groupBy(writes.keys(), (position) =>
    indexShardOf(writes[position]?.id ?? '', model.settings.indexShards),
  );
  let left = byShard.size + 1; // parts that are not done with, and this sharing out
  const onPartEnd = () => {
    left -= 1;
    if (left > 0) return;
    onEnd();
    answer({ kind: 'answered', status: 200, body: bulkAnswer(isTaken) });
  };
  for (const [shard, positions] of byShard) {
    const finish = () => {
      for (const position of positions) apply(model, writes[position]);
      onPartEnd();
    };
    if (model.nodes[shard % model.nodes.length]?.write(writeJob(model, positions, finish)))
      continue;
    model.tally.rejectedDocuments += positions.length;
    for (const position of positions) isTaken[position] = false;
    onPartEnd();
  }
  onPartEnd();
};

const writeJob = ({ settings }: Model, positions: readonly number[], finish: () => void) => ({
  milliseconds:
    settings.writeMilliseconds + positions.length * settings.writtenDocumentMilliseconds,
  finish,
});

const apply = ({ contents, tally }: Model, write: Write | undefined): void => {
  if (write === undefined) return;
  if (contents.apply(write) === 'new') tally.written += 1;
  else tally.repeated += 1;
};
