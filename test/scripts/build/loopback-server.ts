import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { closeServer, listenOnLoopback } from '../../../scripts/local/loopback.ts';

/** What a server on this machine answers. */
export interface Answer {
  readonly status?: number;
  readonly body: string;
}

/** The address of a server that answers each request by its line, `GET /path`, and its body, until the test ends. */
export const loopbackServer = async (
  answer: (requestLine: string, body: string) => Answer,
): Promise<string> => {
  const server = createServer(async (request: IncomingMessage, response) => {
    const line = `${request.method} ${request.url}`;
    const { status = 200, body } = answer(line, await text(request));
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  onTestFinished(() => closeServer(server));
  return listenOnLoopback(server);
};
