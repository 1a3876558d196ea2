import { expect } from 'vitest';
import type { Item } from '../../../../function/src/core/attribute-value.ts';
import {
  type Left,
  newReplayCounts,
  type ReplayCounts,
  type ReplayOptions,
} from '../../../../function/src/operator/replay/replay.ts';
import { replayLetters } from '../../../../function/src/operator/replay/replay-letters.ts';
import type { OperatorStage } from '../../../support/operator-stage.ts';

/** What a replay came to, and what it told of. */
export type Replayed = ReplayCounts & {
  readonly left: readonly Left[];
  readonly foreign: readonly { readonly object: string; readonly of: string }[];
  /** Names of the tables that nothing could be done for. */
  readonly stuck: readonly string[];
};

/** Replays the letters of a stage in this process. */
export const replayed = async (
  stage: OperatorStage,
  options: Partial<ReplayOptions> = {},
): Promise<Replayed> => {
  const counts = newReplayCounts();
  const left: Left[] = [];
  const foreign: { object: string; of: string }[] = [];
  const usual = { tables: undefined, since: undefined, isDryRun: false };
  const stuck = await replayLetters(
    { ...usual, patienceMilliseconds: 20_000, ...options },
    {
      ...stage.environment,
      signal: new AbortController().signal,
      counts,
      onLeft: (one) => left.push(one),
      onForeign: (object, of) => foreign.push({ object, of }),
    },
  );
  const names = [...stuck.keys()].map(({ name }) => name);
  return { ...counts, left, foreign, stuck: names };
};

/** Mappings under which a text named `poison` is refused, and an object is not. */
export const POISONABLE = { properties: { poison: { type: 'object' } } };

/** What makes an item poison. */
export const POISON: Item = { poison: { S: 'no object' } };

/** Puts poisonous items into the table and has the real function reject their changes: one object. */
export const reject = async (stage: OperatorStage, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await stage.putItem({ pk: { S: key }, ...POISON });
  const { metrics } = await stage.invoke(keys.map((key) => stage.put(key, POISON)));
  expect(metrics['DeadLettered']).toBe(keys.length);
};

/** Keys of the objects in the bucket. */
export const objectKeys = ({ awsState, name }: OperatorStage): readonly string[] =>
  [...awsState.objects.keys()].map((path) => path.slice(name.length + 1));

/** Puts an object into the bucket, stored in 1970. */
export const store = ({ awsState, name }: OperatorStage, key: string, body: string): void => {
  awsState.objects.set(`${name}/${key}`, Buffer.from(body));
};

/** A line of a letter that says no more than which item it is about. */
export const lineOf = (table: string, key: string): string =>
  `${JSON.stringify({ table, record: { dynamodb: { Keys: { pk: { S: key } } } } })}\n`;
