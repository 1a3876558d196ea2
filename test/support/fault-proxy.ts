import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { closeServer, listenOnLoopback } from '../../scripts/local/loopback.ts';
import type { Certificate } from './certificate.ts';

/** A request that has come in, read to its end. */
export type ProxiedRequest = {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  /** Which of the client's connections it came over, from 1. */
  readonly connection: number;
  /** When it had come in, in milliseconds since 1970. */
  readonly at: number;
};

/** An answer to a request. */
export type Reply = {
  readonly status: number;
  readonly headers?: IncomingMessage['headers'];
  readonly body: Buffer | string;
};

/** What the client gets: an answer, an answer that stops halfway, a cut connection, or nothing at all. */
export type Reaction = Reply | { readonly stalls: Reply } | 'cut' | 'silence';

/** What becomes of a request; `passOn` has it, or another one, answered by the server behind. */
export type Behaviour = (
  request: ProxiedRequest,
  passOn: (request?: ProxiedRequest) => Promise<Reply>,
) => Promise<Reaction> | Reaction;

/** Stands between a client and a real server, and makes it behave as it does on a bad day. */
export type FaultProxy = {
  readonly url: string;
  /** All requests since the last `behave`, oldest first. */
  readonly requests: readonly ProxiedRequest[];
  /** How many connections clients have opened so far. */
  readonly connections: () => number;
  /** From now on requests are treated like this; without a behaviour they are passed on. */
  readonly behave: (behaviour?: Behaviour) => void;
  /** Closes the connections that clients keep open, as a server does after a while. */
  readonly closeConnections: () => void;
  readonly stop: () => Promise<void>;
};

const passingOn: Behaviour = (_request, passOn) => passOn();

/**
 * Starts a proxy before the server at `target`, over TLS where a certificate is given; what it passes
 * on keeps its method, path, headers and bytes.
 */
export const startFaultProxy = async (
  target: string,
  certificate?: Certificate,
): Promise<FaultProxy> => {
  let requests: ProxiedRequest[] = []; // since the last `behave`
  let behaviour = passingOn; // of the last `behave`
  const connections = new Map<Socket, number>();
  const agent = new Agent({ keepAlive: true });

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { method = '', url: path = '', headers, socket } = incoming;
    const connection = connections.get(socket) ?? 0;
    const body = await buffer(incoming);
    const seen = { method, path, headers, body, connection, at: Date.now() };
    requests.push(seen);
    const passOn = (other: ProxiedRequest = seen) => forward(other, target, agent);
    // A server that is gone cuts the connection, which is what the proxy then does too.
    react(await Promise.resolve(behaviour(seen, passOn)).catch(() => 'cut' as const), outgoing);
  };
  const server = certificate ? createSecureServer(certificate, serve) : createServer(serve);
  server.on(certificate ? 'secureConnection' : 'connection', (socket: Socket) =>
    connections.set(socket, connections.size + 1),
  );
  const url = await listenOnLoopback(server);
  return {
    url: certificate ? url.replace('http:', 'https:') : url,
    get requests() {
      return requests;
    },
    connections: () => connections.size,
    behave: (next = passingOn) => {
      requests = [];
      behaviour = next;
    },
    closeConnections: () => server.closeIdleConnections(),
    stop: async () => {
      agent.destroy();
      await closeServer(server);
    },
  };
};

const react = (reaction: Reaction, outgoing: ServerResponse): void => {
  if (reaction === 'silence') return;
  if (reaction === 'cut') return void outgoing.destroy();
  if ('stalls' in reaction) {
    const { status, headers, body } = reaction.stalls;
    outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
    outgoing.write(Buffer.from(body).subarray(0, Buffer.byteLength(body) / 2));
    return;
  }
  const { status, headers, body } = reaction;
  outgoing.writeHead(status, headers).end(body);
};

const forward = async (
  { method, path, headers, body }: ProxiedRequest,
  target: string,
  agent: Agent,
): Promise<Reply> => {
  const length = body.length > 0 ? { 'content-length': body.length } : {};
  const { 'transfer-encoding': _, 'content-length': __, expect: ___, ...kept } = headers;
  const outgoing = request(target + path, { method, agent, headers: { ...kept, ...length } });
  outgoing.end(body);
  const [incoming]: IncomingMessage[] = await once(outgoing, 'response');
  if (incoming === undefined) throw new Error('the server behind the proxy did not answer');
  const { 'transfer-encoding': ____, connection: _____, ...answered } = incoming.headers;
  return { status: incoming.statusCode ?? 0, headers: answered, body: await buffer(incoming) };
};
