import type { Sabotage } from '../sabotage.ts';

const DEADLINE_TEST = 'test/function/deadline.test.ts';

/** Of the time that an invocation has. */
export const times: readonly Sabotage[] = [
  {
    what: 'work goes on until Lambda ends it',
    file: 'function/src/deadline.ts',
    replace: 'Math.max(0, remainingMilliseconds() - reserve)',
    by: 'Math.max(1, reserve * 1000 - remainingMilliseconds())',
    caughtBy: { file: DEADLINE_TEST, named: 'begins no request' },
  },
  {
    what: 'a request may take longer than the invocation has left',
    file: 'function/src/opensearch/bulk.ts',
    replace: 'bulkRequest(page, options), timeoutMilliseconds)',
    by: 'bulkRequest(page, options), 30_000)',
    caughtBy: { file: DEADLINE_TEST, named: 'the function answers in time' },
  },
  {
    what: 'time ends with the head of an answer',
    file: 'function/src/opensearch/connection.ts',
    replace: "return { kind: 'answered', status:",
    by: "clearTimeout(timer);\n      return { kind: 'answered', status:",
    caughtBy: { file: DEADLINE_TEST, named: 'the function answers in time' },
  },
  {
    what: 'a look for an index has no end',
    file: 'function/src/opensearch/index-preparation.ts',
    replace: 'send(request, deadline.forWork())',
    by: 'send(request, 60_000)',
    caughtBy: { file: DEADLINE_TEST, named: 'the function answers in time' },
  },
  {
    what: 'a read of items has no end',
    file: 'function/src/aws/items.ts',
    replace: 'AbortSignal.timeout(timeoutMilliseconds)',
    by: 'AbortSignal.timeout(60_000)',
    caughtBy: { file: DEADLINE_TEST, named: 'the function answers in time' },
  },
  {
    what: 'the storing of letters has no end',
    file: 'function/src/aws/objects.ts',
    replace: 'AbortSignal.timeout(timeoutMilliseconds)',
    by: 'AbortSignal.timeout(60_000)',
    caughtBy: { file: DEADLINE_TEST, named: 'the function answers in time' },
  },
  {
    what: 'a pause is longer than the time that is left',
    file: 'function/src/deadline.ts',
    replace: 'if (milliseconds >= forWork()) return false;',
    by: '',
    caughtBy: { file: DEADLINE_TEST },
  },
  {
    what: 'pauses have no jitter',
    file: 'function/src/backoff.ts',
    replace: 'random() * Math.min',
    by: 'Math.min',
    caughtBy: { file: 'test/function/backoff.test.ts' },
  },
  {
    what: 'pauses double without a bound',
    file: 'function/src/backoff.ts',
    replace: 'Math.min(longest, FIRST_BACKOFF_MILLISECONDS * 2 ** attempt)',
    by: 'FIRST_BACKOFF_MILLISECONDS * 2 ** attempt',
    caughtBy: { file: 'test/function/backoff.test.ts' },
  },
  {
    what: 'pauses do not grow',
    file: 'function/src/backoff.ts',
    replace: ' * 2 ** attempt',
    by: '',
    caughtBy: { file: 'test/function/backoff.test.ts' },
  },
  {
    what: 'there is no pause between attempts',
    file: 'function/src/deadline.ts',
    replace: 'await pause(milliseconds);',
    by: '',
    caughtBy: { file: DEADLINE_TEST, named: 'pauses between attempts' },
  },
];
