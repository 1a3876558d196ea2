import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Answer, AwsRequest } from './aws-stand-in/answer.ts';
import { answerJson } from './aws-stand-in/json-protocol.ts';
import { answerLambda, isOfLambda } from './aws-stand-in/lambda.ts';
import { answerQuery } from './aws-stand-in/query-protocol.ts';
import { answerS3 } from './aws-stand-in/s3.ts';
import type { AwsState } from './aws-stand-in/state.ts';
import { closeServer, listenOnLoopback } from './loopback.ts';

/** A running stand-in, for `AWS_ENDPOINT_URL`; its maps and lists are what it serves and may be read and changed at any time. */
export interface AwsStandIn extends AwsState {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts SSM GetParameter, Secrets Manager GetSecretValue, STS GetCallerIdentity, Lambda
 * GetFunctionConfiguration and ListEventSourceMappings, and S3 PutObject, GetObject, DeleteObject and
 * ListObjectsV2 on the loopback interface, in memory.
 *
 * It speaks the protocols of the services but checks no signature, and every bucket exists.
 * Whatever else it is asked is answered with status 400 and an error that names the action.
 *
 * @example
 * const aws = await startAwsStandIn();
 * aws.parameters.set('/orders/sync', ['{"endpoint":…}']); // version 1
 */
export const startAwsStandIn = async (): Promise<AwsStandIn> => {
  const state: AwsState = {
    parameters: new Map(),
    objects: new Map(),
    secrets: new Map(),
    functions: new Map(),
    eventSourceMappings: [],
  };
  const server = createServer((incoming, outgoing) => void handle(incoming, outgoing, state));
  const url = await listenOnLoopback(server);
  return { ...state, url, stop: () => closeServer(server) };
};

const handle = async (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  state: AwsState,
): Promise<void> => {
  try {
    send(outgoing, answer(await read(incoming), state));
  } catch (error) {
    send(outgoing, { status: 500, headers: {}, body: String(error) });
  }
};

const read = async (incoming: IncomingMessage): Promise<AwsRequest> => ({
  method: incoming.method ?? '',
  url: new URL(incoming.url ?? '/', 'http://localhost'),
  header: (name) => incoming.headers[name]?.toString(),
  body: await buffer(incoming),
});

const answer = (request: AwsRequest, state: AwsState): Answer => {
  if (request.header('x-amz-target') !== undefined) return answerJson(request, state);
  if (request.method === 'POST' && request.url.pathname === '/') return answerQuery(request);
  if (isOfLambda(request)) return answerLambda(request, state);
  return answerS3(request, state);
};

const send = (outgoing: ServerResponse, { status, headers, body }: Answer): void => {
  outgoing.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers }).end(body);
};
