import { recordsOf } from '../../function/src/core/event.ts';
import { type Deadline, deadlineOf, type Waiting } from '../../function/src/deadline.ts';
import type { Send } from '../../function/src/opensearch/connection.ts';
import { openPageSize, type PageSize } from '../../function/src/opensearch/page-size.ts';
import type { Invoke } from '../local/event-source-mapping/mapping.ts';
import { answerTo } from './invocation.ts';
import type { Tally } from './tally.ts';
import type { VirtualTime } from './virtual-time.ts';

/** How the function is deployed, and what it computes, in milliseconds of its share of a core. */
export interface FunctionSettings {
  readonly timeoutMilliseconds: number;
  /** Invocations that Lambda allows at a time. */
  readonly concurrency: number;
  readonly invocationMilliseconds: number;
  readonly recordMilliseconds: number;
}

/** Makes an invocation's deadline; the function's own way is `deadlineOf`. */
export type MakeDeadline = (remainingMilliseconds: () => number, waiting: Waiting) => Deadline;

/** Makes what an execution environment remembers of pages; the function's own way is `openPageSize`. */
export type MakePageSize = () => PageSize;

/** What runs the function. */
export interface Lambda {
  readonly invoke: Invoke;
  /** Invocations under way. */
  concurrency(): number;
}

/** What Lambda is set up with. */
export interface LambdaParts {
  readonly time: VirtualTime;
  readonly waiting: Waiting;
  readonly send: Send;
  readonly settings: FunctionSettings;
  readonly manner: {
    readonly makeDeadline?: MakeDeadline;
    readonly makePageSize?: MakePageSize;
  };
  readonly epochMilliseconds: number;
  readonly tally: Tally;
}

/** A function that is always warm. An invocation is never killed: it answers before its time is up. */
export const createLambda = (parts: LambdaParts): Lambda => {
  const { time, waiting, send, settings, tally } = parts;
  const { makeDeadline = deadlineOf, makePageSize = openPageSize } = parts.manner;
  let underWay = 0;
  const idle: PageSize[] = []; // of execution environments that have nothing to do
  const now = () => parts.epochMilliseconds + time.now();
  return {
    concurrency: () => underWay,
    invoke: async (event) => {
      if (underWay >= settings.concurrency) {
        tally.throttles += 1;
        throw new Error('TooManyRequestsException');
      }
      underWay += 1;
      tally.invocations += 1;
      const end = time.now() + settings.timeoutMilliseconds;
      const records = recordsOf(JSON.parse(event));
      await time.wait(
        settings.invocationMilliseconds + records.length * settings.recordMilliseconds,
      );
      const deadline = makeDeadline(() => end - time.now(), waiting);
      const pageSize = idle.pop() ?? makePageSize();
      const payload = await answerTo(records, { send, deadline, now, pageSize });
      idle.push(pageSize);
      underWay -= 1;
      return { kind: 'answered', requestId: '', payload };
    },
  };
};
