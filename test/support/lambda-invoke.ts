import { randomUUID } from 'node:crypto';
import type { InvocationResult } from '../../scripts/local/lambda/invocation-result.ts';
import type { ProxiedRequest, Reply } from './fault-proxy.ts';

/** What runs when a function is invoked; without a result it is throttled. */
export type Invoke = (event: string) => Promise<InvocationResult | 'throttled'>;

/** The name of the function that a request invokes; undefined where it is for something else. */
export const invokedFunction = ({ method, path }: ProxiedRequest): string | undefined => {
  const [, named] = /^\/2015-03-31\/functions\/([^/]+)\/invocations/.exec(path) ?? [];
  if (method !== 'POST' || named === undefined) return undefined;
  return /^arn:aws:lambda:[^:]*:\d*:function:([^:]+)/.exec(decodeURIComponent(named))?.[1] ?? named;
};

/**
 * What Lambda answers to a synchronous Invoke: a failed function, one that was killed and one that ran
 * out of its time are answered 200 too, and told by a header.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export const invokeReply = (result: InvocationResult | 'throttled'): Reply => {
  if (result === 'throttled') return reply(429, { errorType: THROTTLED }, RATE_EXCEEDED);
  const { kind, requestId } = result;
  switch (kind) {
    case 'answered':
      return reply(200, {}, result.payload);
    case 'failed':
      return functionError(result.errorType, result.message);
    case 'timed-out':
      return functionError('Sandbox.Timedout', `RequestId: ${requestId} Error: Task timed out`);
    case 'crashed':
      return functionError(
        'Runtime.ExitError',
        `RequestId: ${requestId} Error: Runtime exited with error: ${result.reason}`,
      );
  }
};

const functionError = (errorType: string, errorMessage: string): Reply =>
  reply(200, { functionError: 'Unhandled' }, JSON.stringify({ errorType, errorMessage }));

const THROTTLED = 'TooManyRequestsException';

const RATE_EXCEEDED = JSON.stringify({
  Type: 'User',
  Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
  message: 'Rate Exceeded.',
});

type Errors = { readonly errorType?: string; readonly functionError?: string };

const reply = (status: number, errors: Errors, body: string): Reply => ({
  status,
  headers: {
    'content-type': 'application/json',
    'x-amzn-requestid': randomUUID(), // the interpreter quotes it in causes
    ...(errors.errorType !== undefined && { 'x-amzn-errortype': errors.errorType }),
    ...(errors.functionError !== undefined && { 'x-amz-function-error': errors.functionError }),
  },
  body,
});
