import type { Judged } from '../core/judge.ts';
import type { Page } from '../core/page.ts';

/** How many pages may be on their way at once; it only ever narrows. */
export type Lanes = { width: number };

// While OpenSearch works on one page the next is composed and sent. Pages of one event never share a key.
const WIDEST = 2;
const TOO_MANY_REQUESTS = 429;

/** The lanes of an invocation. */
export const openLanes = (): Lanes => ({ width: WIDEST });

/** Sends pages, drawing each when a lane is free for it. At the first 429 one lane is left. */
export const sendPages = async (
  pages: Iterator<Page>,
  send: (page: Page) => Promise<readonly Judged[]>,
  lanes: Lanes,
): Promise<readonly Judged[]> => {
  const judged: Judged[] = [];
  const runLane = async (lane: number): Promise<void> => {
    for (let next = pages.next(); next.done !== true; next = pages.next()) {
      const ofPage = await send(next.value);
      judged.push(...ofPage);
      if (ofPage.some(isTooMany)) lanes.width = 1;
      if (lane >= lanes.width) return;
    }
  };
  await Promise.all(Array.from({ length: lanes.width }, (_, lane) => runLane(lane)));
  return judged;
};

const isTooMany = ({ judgement }: Judged): boolean =>
  'refusal' in judgement && judgement.refusal.status === TOO_MANY_REQUESTS;
