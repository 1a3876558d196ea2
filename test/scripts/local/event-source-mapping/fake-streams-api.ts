import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { closeServer, listenOnLoopback } from '../../../../scripts/local/loopback.ts';

/** One call of the Streams API: the operation's name and its input. */
export interface Call {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What the Streams API answers: an output, or an error by its name. */
export type Reply = { readonly output: unknown } | { readonly error: string };

/** A DynamoDB Streams API over HTTP, for what DynamoDB Local never does: pages of shards, lost iterators, expiries. */
export const startFakeStreamsApi = async (reply: (call: Call) => Reply) => {
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    const call = await callOf(request);
    calls.push(call);
    const answer = reply(call);
    const isError = 'error' in answer;
    response
      .writeHead(isError ? 400 : 200, { 'Content-Type': 'application/x-amz-json-1.0' })
      .end(JSON.stringify(isError ? { __type: `prefix#${answer.error}` } : answer.output));
  });
  onTestFinished(() => closeServer(server));
  return { url: await listenOnLoopback(server), calls };
};

const callOf = async (request: IncomingMessage): Promise<Call> => ({
  operation: String(request.headers['x-amz-target']).replace('DynamoDBStreams_20120810.', ''),
  input: JSON.parse(await text(request)),
});
