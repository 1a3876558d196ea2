import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** How one operation is answered instead of being applied. */
export type ItemFault = {
  readonly status: number;
  readonly type?: string;
  readonly reason?: string;
};

/** What happens to a bulk request on its way to OpenSearch and back. */
export type BulkFault = {
  /** By document id; `*` is any. */
  readonly items?: { readonly [id: string]: ItemFault };
  /** The whole request is answered so and not passed on. */
  readonly status?: number;
  readonly body?: string;
  readonly type?: string;
  /** The request takes effect (`after`) or does not (`before`), and the connection is cut. */
  readonly reset?: 'before' | 'after';
  /** A longer body is answered 413. */
  readonly max_bytes?: number;
  /** The answer is held back for so long. */
  readonly delay_ms?: number;
};

/** The faults of bulk requests in turn, and those of all. */
export type BulkFaults = { readonly each?: readonly BulkFault[]; readonly always?: BulkFault };

/** A request that the proxy has seen. */
export type SeenRequest = {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
};

/** Stands between the function and a real OpenSearch, and makes it answer as it does on a bad day. */
export type OpenSearchProxy = {
  readonly url: string;
  /** All requests so far, oldest first. */
  readonly requests: readonly SeenRequest[];
  readonly bulkRequests: () => readonly SeenRequest[];
  /** From now on bulk requests suffer these faults; what was seen before is forgotten. */
  readonly inject: (faults: BulkFaults) => void;
  readonly stop: () => Promise<void>;
};

/** Starts a proxy before the OpenSearch at `target`. */
export const startOpenSearchProxy = async (target: string): Promise<OpenSearchProxy> => {
  let requests: SeenRequest[] = []; // since the last `inject`
  let faults: BulkFaults = {}; // of the last `inject`
  const isBulk = ({ path }: SeenRequest) => /\/_bulk(\?|$)/.test(path);
  const bulkRequests = () => requests.filter(isBulk);

  const server = createServer(async (incoming, outgoing) => {
    const { method = '', url: path = '', headers } = incoming;
    const request = { method, path, headers, body: await buffer(incoming) };
    requests.push(request);
    const fault = isBulk(request)
      ? { ...faults.always, ...faults.each?.[bulkRequests().length - 1] }
      : {};
    await answer(request, fault, target, outgoing);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    get requests() {
      return requests;
    },
    bulkRequests,
    inject: (next) => {
      requests = [];
      faults = next;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

const answer = async (
  request: SeenRequest,
  fault: BulkFault,
  target: string,
  outgoing: ServerResponse,
): Promise<void> => {
  if (fault.reset === 'before') return void outgoing.destroy();
  if (fault.max_bytes !== undefined && request.body.length > fault.max_bytes) {
    return void outgoing.writeHead(413).end();
  }
  if (fault.status !== undefined) return answerWhole(fault, fault.status, outgoing);
  const reply = await forwardWithout(request, fault.items ?? {}, target);
  if (fault.reset === 'after') return void outgoing.destroy();
  if (fault.delay_ms !== undefined) await new Promise((done) => setTimeout(done, fault.delay_ms));
  outgoing.writeHead(reply.status, { 'content-type': 'application/json' }).end(reply.body);
};

const answerWhole = (fault: BulkFault, status: number, outgoing: ServerResponse): void => {
  const body =
    fault.body ?? JSON.stringify({ error: { type: fault.type ?? 'fault', reason: '' }, status });
  outgoing.writeHead(status, { 'content-type': 'application/json' }).end(body);
};

type Reply = { readonly status: number; readonly body: string };

const forward = async (
  { method, path, headers, body }: SeenRequest,
  target: string,
): Promise<Reply> => {
  const type = headers['content-type'];
  const response = await fetch(target + path, {
    method,
    ...(type && { headers: { 'content-type': type } }),
    ...(body.length > 0 && { body: new Uint8Array(body) }),
  });
  return { status: response.status, body: await response.text() };
};

/** One operation of a bulk body: its action and the lines it takes. */
type BulkOperation = { readonly action: string; readonly id: string; readonly lines: string };

/** Passes a bulk request on without the operations that have a fault, and puts their answers in. */
const forwardWithout = async (
  request: SeenRequest,
  faults: NonNullable<BulkFault['items']>,
  target: string,
): Promise<Reply> => {
  if (Object.keys(faults).length === 0) return forward(request, target);
  const faultOf = ({ id }: BulkOperation) => faults[id] ?? faults['*'];
  const operations = operationsIn(request.body.toString());
  const healthy = operations.filter((operation) => faultOf(operation) === undefined);
  const body = Buffer.from(healthy.map(({ lines }) => lines).join(''));
  const reply = healthy.length > 0 ? await forward({ ...request, body }, target) : undefined;
  const real: unknown[] = reply === undefined ? [] : JSON.parse(reply.body).items;
  const items = operations.map((operation) => {
    const fault = faultOf(operation);
    return fault === undefined ? real.shift() : { [operation.action]: itemOf(operation, fault) };
  });
  return { status: 200, body: JSON.stringify({ errors: true, items }) };
};

const itemOf = ({ id }: BulkOperation, { status, type, reason }: ItemFault) => ({
  _id: id,
  status,
  ...(status >= 300 && { error: { type: type ?? 'fault', reason: reason ?? '' } }),
});

/** The operations of a bulk request's body. */
export const operationsIn = (body: string): readonly BulkOperation[] => {
  const operations: BulkOperation[] = [];
  const lines = body.split('\n').slice(0, -1);
  for (let next = lines.shift(); next !== undefined; next = lines.shift()) {
    const [action = '', { _id: id = '' } = {}] =
      Object.entries<{ _id?: string }>(JSON.parse(next))[0] ?? [];
    const document = action === 'delete' ? '' : `${lines.shift()}\n`;
    operations.push({ action, id, lines: `${next}\n${document}` });
  }
  return operations;
};
