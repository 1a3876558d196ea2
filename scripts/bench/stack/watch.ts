import { setTimeout as pause } from 'node:timers/promises';
import { ask } from '../indexes.ts';
import { MARKER, note, type Passages } from './passages.ts';

/** Whoever searches an index for changes as they come. */
export interface Watch {
  /** Resolves when every change so far was found, or so much time is over. */
  readonly untilAllFound: (milliseconds: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

const PAUSE_MILLISECONDS = 5; // by which a change may seem later than it is
const MOST_AT_ONCE = 500; // OpenSearch takes 65,536 terms, and nobody wants to wait for them

/** Searches again and again for those changes that were not found yet, as a user would: by a word, not by the id. */
export const watchIndex = (url: string, index: string, passages: Passages): Watch => {
  let isStopped = false;
  const missing = (): readonly string[] =>
    [...passages].filter(([, { found }]) => found === undefined).map(([marker]) => marker);
  const run = async (): Promise<void> => {
    while (!isStopped) {
      const wanted = missing().slice(0, MOST_AT_ONCE);
      if (wanted.length > 0) note(passages, await find(url, index, wanted), 'found');
      await pause(PAUSE_MILLISECONDS);
    }
  };
  const running = run();
  return {
    untilAllFound: async (milliseconds) => {
      const end = performance.now() + milliseconds;
      while (missing().length > 0 && performance.now() < end) await pause(PAUSE_MILLISECONDS);
    },
    stop: async () => {
      isStopped = true;
      await running;
    },
  };
};

const find = async (
  url: string,
  index: string,
  markers: readonly string[],
): Promise<readonly string[]> => {
  const query = {
    size: markers.length,
    query: { terms: { [`${MARKER}.keyword`]: markers } },
    docvalue_fields: [`${MARKER}.keyword`],
    _source: false,
  };
  const path = `${index}/_search?ignore_unavailable=true&filter_path=hits.hits.fields`;
  return markersOf(await ask(`${url}/${path}`, 'POST', query));
};

type Answer = {
  readonly hits?: {
    readonly hits?: readonly { readonly fields: Readonly<Record<string, readonly string[]>> }[];
  };
};

// The edge: what the search above answers.
const markersOf = (answer: Answer): readonly string[] =>
  (answer.hits?.hits ?? []).flatMap(({ fields }) => fields[`${MARKER}.keyword`] ?? []);
