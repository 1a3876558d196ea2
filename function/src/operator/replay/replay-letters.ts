import { patienceOf } from '../patience.ts';
import { concludeObject, reportObject } from './conclude.ts';
import { inChunks, type LetterObject, listLetterObjects } from './letter-objects.ts';
import { openObject } from './opened.ts';
import type { Replay, ReplayOptions, ReplayTools } from './replay.ts';
import { settleLetters } from './settle-letters.ts';

/**
 * Settles dead letters: has each item's document made what the table holds now, and removes a letter
 * only when that is so. Right at any age, and twice without harm. Returns the tables that nothing could
 * be done for. @throws ServiceError when S3 fails: nothing is lost then, and a further replay goes on
 */
export const replayLetters = async (
  options: ReplayOptions,
  tools: ReplayTools,
): Promise<Replay['stuck']> => {
  const patience = patienceOf(options.patienceMilliseconds);
  const replay: Replay = { options, tools, patience, stuck: new Map(), confirmed: new Set() };
  for await (const objects of inChunks(listLetterObjects(options, tools))) {
    if (tools.signal.aborted) break;
    await replayObjects(objects, replay);
  }
  return replay.stuck;
};

/** Settles the letters in some objects, but those of tables that are stuck. @throws ServiceError when S3 fails */
export const replayObjects = async (
  objects: readonly LetterObject[],
  replay: Replay,
): Promise<void> => {
  const { options, tools, stuck } = replay;
  const isStuck = ({ tableName }: LetterObject) =>
    [...stuck.keys()].some(({ name }) => name === tableName);
  const hopeful = objects.filter((object) => !isStuck(object));
  tools.counts.unreadObjects += objects.length - hopeful.length;
  const read = await Promise.all(hopeful.map((object) => openObject(object, replay)));
  const opened = read.filter((one) => one !== undefined);
  if (options.isDryRun) {
    for (const one of opened) reportObject(one, tools);
    return;
  }
  const outcomes = await settleLetters(
    opened.flatMap(({ letters }) => letters),
    replay,
  );
  await Promise.all(opened.map((one) => concludeObject(one, outcomes, tools)));
};
