import { hash } from 'node:crypto';
import type { Refusal } from '../../core/judge.ts';
import type { Table } from '../../core/table.ts';
import { patienceOf } from '../patience.ts';
import { inChunks, type LetterObject, listLetterObjects } from '../replay/letter-objects.ts';
import { newReplayCounts, type Replay, type ReplayCounts } from '../replay/replay.ts';
import type { RunTools, WorkOnPart } from './command-work.ts';
import { Hindered } from './hindered.ts';
import type { PartUnderWay } from './open-part.ts';
import type { Part } from './order.ts';
import { orderedTables } from './plan.ts';
import { newReplayCheckpoint, type ReplayCheckpoint, stuckTable } from './replay-checkpoint.ts';
import {
  type Chunk,
  certainOf,
  decidedIn,
  enterChunk,
  linesOf,
  replayChunk,
} from './replay-chunk.ts';
import { workOnPart } from './work-on-part.ts';

/** Settles the letters of a share, objects in the order of their keys. */
export const workOnLetters: WorkOnPart = (part, tools) => {
  const beginning = { counts: newReplayCounts(), checkpoint: newReplayCheckpoint() };
  return workOnPart(part, { beginning, work: (share) => replayShare(part, share, tools) }, tools);
};

type Share = PartUnderWay<ReplayCounts, ReplayCheckpoint>;

const replayShare = async (part: Part, share: Share, tools: RunTools): Promise<boolean> => {
  const replay = openReplay(share, tools);
  const { after } = share.state.checkpoint;
  const known = replay.stuck.size;
  const waiting: Chunk[] = []; // until it is known whether it is tables that are stuck, or all of OpenSearch
  let decided = 0; // letters, in this slice
  const objects = listLetterObjects({ ...replay.options, after: after ?? undefined }, tools);
  for await (const some of inChunks(ofShare(objects, part))) {
    if (tools.signal.aborted) return false;
    const chunk = await replayChunk(some, replay, tools);
    if (tools.signal.aborted && chunk.counts.unsettled > 0) {
      enterChunk(certainOf(chunk), share.state);
      share.onHindrance(NOT_SETTLED);
      return false;
    }
    waiting.push(chunk);
    decided += decidedIn(chunk);
    if (decided === 0 && replay.stuck.size > known) continue;
    for (const each of waiting.splice(0)) enterWhole(each, replay, share);
    await share.store();
  }
  if (waiting.length > 0) throw new Hindered(stuckSentence(replay));
  return true;
};

const NOT_SETTLED = 'OpenSearch or DynamoDB keep letters from being settled';

const openReplay = ({ state }: Share, tools: RunTools): Omit<Replay, 'tools'> => {
  const { configuration, longestStandstillMilliseconds } = tools;
  const stuck = state.checkpoint.stuck.flatMap(({ table: name, status, error }) => {
    const table = configuration.tables.get(name);
    const refusal = status === undefined ? undefined : { status, type: error ?? '', reason: '' };
    return table === undefined ? [] : [[table, refusal] as const];
  });
  return {
    options: optionsOf(tools),
    patience: patienceOf(longestStandstillMilliseconds),
    stuck: new Map<Table, Refusal | undefined>(stuck),
    confirmed: new Set(),
  };
};

const optionsOf = ({
  run: { order },
  configuration,
  longestStandstillMilliseconds: patienceMilliseconds,
}: RunTools): Replay['options'] => {
  const { since, dry_run: isDryRun = false } = order.command === 'replay' ? order : {};
  return {
    tables: order.tables && orderedTables(order, configuration),
    since: since === undefined ? undefined : new Date(since),
    isDryRun,
    patienceMilliseconds,
  };
};

/** The objects of a share, by a hash of their keys, so that all shares are about as large. */
async function* ofShare(
  objects: AsyncIterable<LetterObject>,
  { segment, of }: Part,
): AsyncGenerator<LetterObject> {
  for await (const object of objects)
    if (hash('sha256', object.key, 'buffer').readUInt32LE() % of === segment) yield object;
}

const enterWhole = (chunk: Chunk, { stuck }: Omit<Replay, 'tools'>, share: Share): void => {
  const { state } = share;
  enterChunk(chunk, state);
  const last = chunk.objects.at(-1);
  if (last !== undefined) state.checkpoint.after = { key: last.key, form: last.form };
  state.checkpoint.stuck = [...stuck].map(([{ name }, refusal]) => stuckTable(name, refusal));
  for (const line of linesOf(chunk)) share.tell(line);
};

const stuckSentence = ({ stuck }: Omit<Replay, 'tools'>): string =>
  [...stuck]
    .map(
      ([{ name }, refusal]) => `${name}: ${refusal?.type ?? 'DynamoDB did not return its items'}`,
    )
    .join(', ');
