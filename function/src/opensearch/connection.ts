import type { ClientRequestArgs, IncomingMessage } from 'node:http';
import { stringify } from 'node:querystring';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { AwsSigv4Signer } from '@opensearch-project/opensearch/aws-v3';
import Connection from '@opensearch-project/opensearch/lib/Connection.js';
import type { Answer } from '../core/answer.ts';
import { textOf } from './text-of.ts';

/** A request to OpenSearch. */
export type Request = {
  readonly method: 'HEAD' | 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: { readonly [name: string]: string };
  readonly headers?: { readonly [name: string]: string };
  readonly body?: Buffer;
};

/** Sends one request. It does not throw, does not repeat, and ends within the time it is given. */
export type Send = (request: Request, timeoutMilliseconds: number) => Promise<Answer>;

/** How requests are signed. */
export type Signature = { readonly service: 'es' | 'aoss'; readonly region: string };

/** Opens the keep-alive connection pool to OpenSearch; requests are signed where a signature is given. */
export const connect = (endpoint: URL, signature: Signature | undefined): Send => {
  const signer = signature && AwsSigv4Signer(signature);
  const connection = new (signer?.Connection ?? Connection)({ url: endpoint });
  const provideAuth = signature ? authOf(signature) : async () => undefined;
  return async (request, timeoutMilliseconds) => {
    if (timeoutMilliseconds <= 0) return { kind: 'unanswered', error: 'TimeoutError' };
    const overdue = new AbortController();
    const timer = setTimeout(() => overdue.abort(), timeoutMilliseconds);
    try {
      const auth = await orAborted(provideAuth(), overdue.signal);
      const response = await respond(connection, parametersOf(request, auth, overdue.signal));
      return { kind: 'answered', status: response.statusCode ?? 0, body: await textOf(response) };
    } catch (error) {
      const name = error instanceof Error ? error.name : 'Error';
      return { kind: 'unanswered', error: overdue.signal.aborted ? 'TimeoutError' : name };
    } finally {
      clearTimeout(timer);
    }
  };
};

// By this the signer's connection signs a request. The provider keeps credentials, and renews them before they expire.
const authOf = (signature: Signature): (() => Promise<object>) => {
  const provide = defaultProvider();
  return async () => ({ ...signature, credentials: await provide() });
};

const orAborted = <Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> =>
  new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    promise.then(resolve, reject);
  });

const parametersOf = (
  { method, path, query, headers, body }: Request,
  auth: object | undefined,
  signal: AbortSignal,
) => ({
  method,
  path,
  ...(query && { querystring: stringify(query) }),
  ...(body && { body }),
  headers: { ...HEADERS, ...(body && JSON_BODY), ...headers },
  ...(auth && { auth }),
  signal,
});

const HEADERS = { 'user-agent': 'dynamodb-to-opensearch' };
const JSON_BODY = { 'content-type': 'application/json' };

/** Sends a request, and returns when the answer's head is there. */
const respond = (
  connection: Connection,
  parameters: ReturnType<typeof parametersOf>,
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    // The declared type knows Node.js's `auth` only, not what the signer makes of it.
    connection.request(parameters as unknown as ClientRequestArgs, (error, response) =>
      response === null ? reject(error) : resolve(response),
    );
  });
