import { type BulkAnswer, readBulkAnswer } from '../core/answer.ts';
import { type AnswerItem, type Judged, type Judgement, judgeItem } from '../core/judge.ts';
import { halves, type Page, pageBody } from '../core/page.ts';
import type { Deadline } from '../deadline.ts';
import type { Request, Send } from './connection.ts';
import type { SentPage } from './page-size.ts';

/** How pages are sent. */
export type BulkOptions = {
  readonly send: Send;
  readonly deadline: Deadline;
  /** The `refresh` parameter; undefined to leave it out. */
  readonly refresh: string | undefined;
  /** Told of each bulk request when it is over. */
  readonly onSent: (page: SentPage) => void;
  /** The time by which versions are judged, in milliseconds since 1970. */
  readonly now: () => number;
};

/** Sends a page; one that is too large, or spoilt by an operation, in halves, down to the lone one. */
export const sendPage = async (page: Page, options: BulkOptions): Promise<readonly Judged[]> => {
  const timeoutMilliseconds = options.deadline.forWork();
  if (timeoutMilliseconds === 0) return judgeAll(page, OUT_OF_TIME);
  const started = options.deadline.monotonic();
  const answer = await options.send(bulkRequest(page, options), timeoutMilliseconds);
  const milliseconds = options.deadline.monotonic() - started;
  const read = readBulkAnswer(answer, page.length);
  options.onSent({ operations: page.length, milliseconds, answer: read.kind });
  return judgePage(page, read, options);
};

// What a judgement needs of the answer; the whole would be eight times as long.
const ANSWER_FIELDS =
  'error.type,error.reason,items.*.status,items.*.error.type,items.*.error.reason';

const bulkRequest = (page: Page, { refresh }: BulkOptions): Request => {
  const { index, pipeline } = page[0].table;
  return {
    method: 'POST',
    path: `/${encodeURIComponent(index)}/_bulk`,
    query: {
      filter_path: ANSWER_FIELDS,
      ...(refresh && { refresh }),
      ...(pipeline && { pipeline }),
    },
    headers: { 'content-type': 'application/x-ndjson' },
    body: pageBody(page),
  };
};

const judgePage = async (
  page: Page,
  answer: BulkAnswer,
  options: BulkOptions,
): Promise<readonly Judged[]> => {
  if (answer.kind === 'items') return judgeItems(page, answer.items, options.now());
  if (answer.kind === 'again') return judgeAll(page, answer);
  const parts = halves(page);
  if (parts !== undefined) {
    const [first, second] = parts;
    return [...(await sendPage(first, options)), ...(await sendPage(second, options))];
  }
  const kind = answer.kind === 'too_large' ? 'rejected' : 'refused_alone';
  return judgeAll(page, { kind, refusal: answer.refusal });
};

const judgeItems = (
  page: Page,
  items: readonly AnswerItem[],
  nowMilliseconds: number,
): readonly Judged[] =>
  page.flatMap((operation, position) => {
    const item = items[position];
    if (item === undefined) return [];
    return { operation, judgement: judgeItem(operation, item, nowMilliseconds) };
  });

/** The same judgement for every operation of a page. */
export const judgeAll = (page: Page, judgement: Judgement): readonly Judged[] =>
  page.map((operation) => ({ operation, judgement }));

/** No request was begun, because the time that is left would not do. */
export const OUT_OF_TIME = {
  kind: 'again',
  refusal: { status: 0, type: 'out_of_time', reason: '' },
} as const satisfies Judgement;
