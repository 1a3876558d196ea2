import { type Answer, type AwsRequest, jsonAnswer } from './answer.ts';
import type { AwsState } from './state.ts';

const API = '/2015-03-31/';

/** Whether a request is one to Lambda, whose actions stand in the path. */
export const isOfLambda = ({ url }: AwsRequest): boolean => url.pathname.startsWith(API);

/** Answers Lambda ListEventSourceMappings, in one page, and GetFunctionConfiguration by ARN. */
export const answerLambda = (
  { method, url }: AwsRequest,
  { eventSourceMappings, functions }: AwsState,
): Answer => {
  const path = decodeURIComponent(url.pathname.slice(API.length));
  const [, arn] = /^functions\/(.*)\/configuration$/.exec(path) ?? [];
  if (method === 'GET' && /^event-source-mappings\/?$/.test(path)) {
    return jsonAnswer(200, { EventSourceMappings: eventSourceMappings });
  }
  if (method === 'GET' && arn !== undefined) return functionAnswer(arn, functions.get(arn));
  const message = `This AWS stand-in does not know ${method} ${url.pathname}.`;
  return refusal(400, 'UnknownOperationException', message);
};

const functionAnswer = (arn: string, found: object | undefined): Answer =>
  found === undefined
    ? refusal(404, 'ResourceNotFoundException', `Function not found: ${arn}`)
    : jsonAnswer(200, found);

// Lambda tells the type in a header.
const refusal = (status: number, type: string, message: string): Answer => {
  const answer = jsonAnswer(status, { Type: 'User', message });
  return { ...answer, headers: { ...answer.headers, 'x-amzn-errortype': type } };
};
