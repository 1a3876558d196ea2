import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FunctionError } from './invocation-result.ts';
import { readFunctionError } from './read-function-error.ts';

/** What the runtime says of its initialisation: it asked for work, or it reported why it cannot. */
export type Initialisation =
  | { readonly kind: 'ready' }
  | ({ readonly kind: 'failed' } & FunctionError);

/** What the runtime says of one invocation. */
export type Reply =
  | { readonly kind: 'answered'; readonly payload: string }
  | ({ readonly kind: 'failed' } & FunctionError);

/** One invocation as the runtime receives it; `event` is JSON text. */
export interface Invocation {
  readonly requestId: string;
  readonly functionArn: string;
  readonly deadlineEpochMilliseconds: number;
  readonly event: string;
}

/** Lambda's Runtime API for one function process. */
export interface RuntimeApi {
  /** Host and port, as AWS_LAMBDA_RUNTIME_API has them. */
  readonly address: string;
  readonly initialisation: Promise<Initialisation>;
  /** Hands the process an invocation as soon as it asks for one; one at a time. */
  run(invocation: Invocation): Promise<Reply>;
  /** Resolves once the process asks for its next invocation. */
  idle(): Promise<void>;
  close(): void;
}

interface State {
  readonly initialisation: PromiseWithResolvers<Initialisation>;
  waiting: PromiseWithResolvers<ServerResponse>;
  current: { readonly requestId: string; readonly reply: (reply: Reply) => void } | undefined;
}

/**
 * Starts Lambda's Runtime API on a free loopback port.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export const startRuntimeApi = async (): Promise<RuntimeApi> => {
  const state: State = {
    initialisation: Promise.withResolvers(),
    waiting: Promise.withResolvers(),
    current: undefined,
  };
  const server = createServer((request, response) => void serve(state, request, response));
  // A runtime waits for its next invocation as long as the mapping is quiet: for hours, if need be.
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${portOf(server.address())}`,
    initialisation: state.initialisation.promise,
    run: (invocation) => run(state, invocation),
    idle: async () => void (await state.waiting.promise),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

const portOf = (address: AddressInfo | string | null): number => {
  if (address === null || typeof address === 'string') throw new Error('no TCP port to listen on');
  return address.port;
};

const run = async (state: State, invocation: Invocation): Promise<Reply> => {
  const response = await state.waiting.promise;
  state.waiting = Promise.withResolvers();
  const { promise, resolve } = Promise.withResolvers<Reply>();
  state.current = { requestId: invocation.requestId, reply: resolve };
  response
    .writeHead(200, {
      'Content-Type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': invocation.requestId,
      'Lambda-Runtime-Deadline-Ms': String(invocation.deadlineEpochMilliseconds),
      'Lambda-Runtime-Invoked-Function-Arn': invocation.functionArn,
    })
    .end(invocation.event);
  return promise;
};

const serve = async (state: State, request: IncomingMessage, response: ServerResponse) => {
  const path = (request.url ?? '').replace('/2018-06-01/runtime/', '');
  if (request.method === 'GET' && path === 'invocation/next') {
    state.initialisation.resolve({ kind: 'ready' });
    state.waiting.resolve(response);
    return;
  }
  const body = await textOf(request);
  const status = request.method === 'POST' ? accept(state, path, body) : 404;
  response.writeHead(status, { 'Content-Type': 'application/json' }).end('{"status":"OK"}');
};

const accept = (state: State, path: string, body: string): number => {
  if (path === 'init/error') {
    state.initialisation.resolve({ kind: 'failed', ...readFunctionError(body) });
    return 202;
  }
  const [, requestId, ending] = /^invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
  if (state.current === undefined || state.current.requestId !== requestId) return 400;
  const { reply } = state.current;
  state.current = undefined;
  if (ending === 'response') reply({ kind: 'answered', payload: body });
  else reply({ kind: 'failed', ...readFunctionError(body) });
  return 202;
};

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
};
