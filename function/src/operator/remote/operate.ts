import type { Context } from 'aws-lambda';
import { deadlineOf } from '../../deadline.ts';
import { createLog, logLevel, writeRawLine } from '../../log.ts';
import { type OperatorEnvironment, openOperatorEnvironment } from '../environment.ts';
import { answerRequest } from './answer-request.ts';
import { examineFromWithin } from './examine.ts';
import { parseRequest } from './parse-request.ts';
import { answerWidget } from './widget.ts';

/**
 * Answers the state machine of modules/operations, `doctor --remote` and the widget of its dashboard.
 *
 * @throws Hindered for what may pass; Error in one sentence for an event that is none of these
 */
export const operate = async (event: unknown, context: Context): Promise<unknown> => {
  const request = parseRequest(event);
  const remaining = () => context.getRemainingTimeInMillis();
  const time = timeUntilNearlyUp(remaining);
  const invocation = {
    functionName: context.functionName,
    deadline: deadlineOf(remaining),
    signal: time.signal,
    longestStandstillMilliseconds: Math.min(LONGEST_STANDSTILL_MILLISECONDS, remaining() / 4),
  };
  try {
    switch (request.kind) {
      case 'run':
        return await answerRequest(request.request, { ...(await environment()), ...invocation });
      case 'doctor':
        return await examineFromWithin(request, invocation.signal);
      case 'widget':
        return await answerWidget(request, environment);
    }
  } finally {
    time.stop();
  }
};

const LONGEST_STANDSTILL_MILLISECONDS = 120_000;

let opened: Promise<OperatorEnvironment> | undefined; // undefined after a failure, so that the next invocation tries again

/** What all invocations of an execution environment share. */
const environment = (): Promise<OperatorEnvironment> => {
  opened ??= openOperatorEnvironment({
    parameter: process.env['CONFIG_PARAMETER'] ?? '',
    region: process.env['AWS_REGION'],
    log: createLog(logLevel(process.env['LOG_LEVEL']), writeRawLine),
  });
  opened.catch(() => {
    opened = undefined;
  });
  return opened;
};

// A request on its way takes 30 s at most; the rest is for storing what it came to. Lambda freezes what
// has answered: a request that it holds back would come to OpenSearch whenever it goes on.
const LONGEST_ENDING_MILLISECONDS = 45_000;
const LONGEST_ENDING_SHARE = 1 / 3;

/** A signal that is aborted while what is on its way can still come to its end. */
const timeUntilNearlyUp = (remainingMilliseconds: () => number) => {
  const nearlyUp = new AbortController();
  const all = remainingMilliseconds();
  const ending = Math.min(LONGEST_ENDING_MILLISECONDS, all * LONGEST_ENDING_SHARE);
  const timer = setTimeout(() => nearlyUp.abort(), all - ending);
  return { signal: nearlyUp.signal, stop: () => clearTimeout(timer) };
};
