import type { InvocationResult } from '../lambda/invocation-result.ts';
import { eventText } from './batch.ts';
import { discard } from './discard.ts';
import { type Judgement, judge } from './judgement.ts';
import type { Mapping } from './mapping.ts';
import type { DiscardCondition } from './on-failure.ts';
import { splitByAge } from './record-age.ts';
import { type Delivery, retryDelayMilliseconds, type Step, stepAfter } from './retry.ts';
import type { StreamRecord } from './source.ts';

/** A batch under way: its pieces in order, the first being the one that is sent next. */
interface Work {
  readonly mapping: Mapping;
  readonly shardId: string;
  pieces: readonly Delivery[];
  failuresInARow: number;
  lastResult: InvocationResult | undefined;
  /** Records that go back to the head of the lane. */
  returned: readonly StreamRecord[];
}

/** What became of a batch: everything is settled or discarded but `returned`, which is to head the next batch. */
export interface Delivered {
  readonly returned: readonly StreamRecord[];
}

/** Sends a batch until the function has taken it or it is given up; `onRetry` is called before each further try. */
export const deliver = async (
  mapping: Mapping,
  batch: { readonly shardId: string; readonly records: readonly StreamRecord[] },
  onRetry: () => void,
): Promise<Delivered> => {
  const work: Work = {
    mapping,
    shardId: batch.shardId,
    pieces: [{ records: batch.records, retries: 0, invocations: 0 }],
    failuresInARow: 0,
    lastResult: undefined,
    returned: [],
  };
  while (work.pieces.length > 0 && !mapping.isStopped()) {
    if (work.failuresInARow > 0) {
      onRetry();
      await mapping.pause(
        retryDelayMilliseconds(work.failuresInARow, mapping.settings),
        () => false,
      );
    }
    if (!mapping.isStopped()) await sendFirstPiece(work);
  }
  return { returned: work.returned };
};

const sendFirstPiece = async (work: Work): Promise<void> => {
  const [piece] = work.pieces;
  if (piece === undefined || (await discardExpired(work, piece))) return;
  const result = await invoke(work.mapping, piece.records);
  // "Before invocation": what could not be invoked is tried again until the records expire, at no cost of its quota.
  if (result === undefined) work.failuresInARow += 1;
  else await follow(work, { ...piece, invocations: piece.invocations + 1 }, result);
  work.mapping.changed();
};

const discardExpired = async (work: Work, piece: Delivery): Promise<boolean> => {
  const now = work.mapping.clock.nowEpochMilliseconds();
  const { expired, fresh } = splitByAge(piece.records, now, work.mapping.settings);
  if (expired.length === 0) return false;
  replace(work, fresh.length === 0 ? [] : [{ ...piece, records: fresh }]);
  await giveUp(work, { ...piece, records: expired }, 'RecordAgeExceeded');
  return true;
};

const invoke = async (
  { invoke: call, statistics }: Mapping,
  records: readonly StreamRecord[],
): Promise<InvocationResult | undefined> => {
  try {
    statistics.invocations += 1;
    return await call(eventText(records));
  } catch {
    return undefined;
  }
};

const follow = async (work: Work, piece: Delivery, result: InvocationResult): Promise<void> => {
  const judgement = judge(result, piece.records, work.mapping.settings);
  count(work, piece, judgement);
  work.lastResult = result;
  const step = stepAfter(piece, judgement, work.mapping.settings);
  replace(work, piecesOf(step));
  if (step.kind === 'bisect') work.mapping.statistics.bisections += 1;
  if (step.kind === 'newBatch') work.returned = step.records;
  if (step.kind === 'discard') await giveUp(work, step.delivery, 'RetryAttemptsExhausted');
};

const count = (work: Work, { records }: Delivery, judgement: Judgement): void => {
  const { statistics } = work.mapping;
  const settled = settledCount(records, judgement);
  statistics.settled += settled;
  if (settled > 0) work.failuresInARow = 0;
  if (judgement.kind === 'success') return;
  statistics.failures += 1;
  work.failuresInARow += 1;
};

const settledCount = (records: readonly StreamRecord[], judgement: Judgement): number => {
  switch (judgement.kind) {
    case 'success':
      return records.length;
    case 'partial':
      return judgement.firstFailed;
    case 'failure':
      return 0;
  }
};

const piecesOf = (step: Step): readonly Delivery[] => {
  switch (step.kind) {
    case 'retry':
      return [step.delivery];
    case 'bisect':
      return step.deliveries;
    case 'settled':
    case 'discard':
    case 'newBatch':
      return [];
  }
};

const replace = (work: Work, pieces: readonly Delivery[]): void => {
  work.pieces = [...pieces, ...work.pieces.slice(1)];
};

const giveUp = (work: Work, delivery: Delivery, condition: DiscardCondition): Promise<void> =>
  discard(work.mapping, {
    delivery,
    condition,
    shardId: work.shardId,
    lastResult: work.lastResult,
  });
