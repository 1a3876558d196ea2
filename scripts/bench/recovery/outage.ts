import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { closeServer, listenOnLoopback } from '../../local/loopback.ts';

/** How OpenSearch fails: it answers 503 at once, or connections to it are cut. */
export const OUTAGES = ['503', 'cut'] as const;
export type Outage = (typeof OUTAGES)[number];

/** Stands before OpenSearch, which it may seem to take away. */
export interface Gate {
  readonly url: string;
  readonly fail: (outage: Outage) => void;
  readonly heal: () => void;
  readonly stop: () => Promise<void>;
}

/** Opens a gate before OpenSearch, which tells of each request that comes. */
export const openGate = async (
  openSearchUrl: string,
  onRequest: (path: string) => void = () => undefined,
): Promise<Gate> => {
  const agent = new Agent({ keepAlive: true });
  let outage: Outage | undefined; // none while all is well
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    onRequest(incoming.url ?? '');
    const body = await buffer(incoming);
    if (outage === 'cut') return void outgoing.destroy();
    if (outage === '503') return void outgoing.writeHead(503).end();
    const { method, url = '', headers } = incoming;
    const passed = request(openSearchUrl + url, { method, agent, headers });
    passed.end(body);
    const [answer]: IncomingMessage[] = await once(passed, 'response');
    outgoing.writeHead(answer?.statusCode ?? 502, { 'content-type': 'application/json' });
    answer?.pipe(outgoing);
  };
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => outgoing.destroy());
  });
  return {
    url: await listenOnLoopback(server),
    fail: (next) => {
      outage = next;
    },
    heal: () => {
      outage = undefined;
    },
    stop: async () => {
      agent.destroy();
      await closeServer(server);
    },
  };
};
