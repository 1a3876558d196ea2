import { newCauseTally } from '../replay/cause-tally.ts';
import type { LetterObject } from '../replay/letter-objects.ts';
import {
  type Left,
  newReplayCounts,
  type Replay,
  type ReplayCounts,
  type ReplayTools,
} from '../replay/replay.ts';
import { replayObjects } from '../replay/replay-letters.ts';
import type { ReplayCheckpoint } from './replay-checkpoint.ts';

/** What the letters in some objects have come to. */
export type Chunk = {
  readonly objects: readonly LetterObject[];
  readonly counts: ReplayCounts;
  readonly left: Left[];
  readonly foreign: { readonly object: string; readonly of: string }[];
};

/** Replays the letters in some objects. @throws ServiceError when S3 fails */
export const replayChunk = async (
  objects: readonly LetterObject[],
  replay: Omit<Replay, 'tools'>,
  tools: Omit<ReplayTools, 'counts' | 'onLeft' | 'onForeign'>,
): Promise<Chunk> => {
  const chunk: Chunk = { objects, counts: newReplayCounts(), left: [], foreign: [] };
  const ofChunk: ReplayTools = {
    ...tools,
    counts: chunk.counts,
    onLeft: (left) => void chunk.left.push(left),
    onForeign: (object, of) => void chunk.foreign.push({ object, of }),
  };
  await replayObjects(objects, { ...replay, tools: ofChunk });
  return chunk;
};

/** How many letters of a chunk were decided on. */
export const decidedIn = ({ counts }: Chunk): number =>
  counts.settled + counts.refused + counts.strays;

/** What is certain of a chunk that was broken off: what was settled is no longer there, all else will be looked at again. */
export const certainOf = ({ objects, counts: { settled, removedObjects } }: Chunk): Chunk => ({
  objects,
  counts: {
    ...newReplayCounts(),
    objects: removedObjects,
    records: settled,
    settled,
    removedObjects,
  },
  left: [],
  foreign: [],
});

const MOST_CAUSES = 200; // of each share: they are stored again and again

/** Enters what a chunk has come to. */
export const enterChunk = (
  { counts, left, foreign }: Chunk,
  state: { readonly counts: ReplayCounts; readonly checkpoint: ReplayCheckpoint },
): void => {
  const { checkpoint } = state;
  for (const name of COUNTED) state.counts[name] += counts[name];
  const tally = newCauseTally(MOST_CAUSES);
  tally.addAll(checkpoint.causes, checkpoint.other_causes);
  for (const { cause, object } of left) tally.add(cause, object);
  for (const { of } of foreign) checkpoint.foreign[of] = (checkpoint.foreign[of] ?? 0) + 1;
  Object.assign(checkpoint, { causes: tally.causes(), other_causes: tally.others() });
};

const COUNTED = [
  'objects',
  'unreadObjects',
  'foreignObjects',
  'records',
  'settled',
  'refused',
  'strays',
  'unsettled',
  'removedObjects',
] as const satisfies readonly (keyof ReplayCounts)[];

/** The lines that tell of a chunk, as the command prints them for machines. */
export const linesOf = ({ left, foreign }: Chunk): readonly object[] => [
  ...left.map(({ cause, ...rest }) => ({ type: 'left', ...rest, ...cause })),
  ...foreign.map((one) => ({ type: 'foreign', ...one })),
];
