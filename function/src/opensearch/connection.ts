import { stringify } from 'node:querystring';
import { text } from 'node:stream/consumers';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { AwsSigv4Signer } from '@opensearch-project/opensearch/aws-v3';
import Connection from '@opensearch-project/opensearch/lib/Connection.js';
import Transport, {
  type ApiResponse,
  type TransportOptions,
  type TransportRequestPromise,
} from '@opensearch-project/opensearch/lib/Transport.js';
import type { Answer } from '../core/answer.ts';

/** A request to OpenSearch. */
export type Request = {
  readonly method: 'HEAD' | 'PUT' | 'POST';
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
  const signer = signature && AwsSigv4Signer({ ...signature, getCredentials: defaultProvider() });
  const connection = new (signer?.Connection ?? Connection)({ url: endpoint });
  const transport = new (signer?.Transport ?? Transport)(transportOptions(connection));
  return async ({ method, path, query, headers, body }, timeoutMilliseconds) => {
    if (timeoutMilliseconds <= 0) return { kind: 'unanswered', error: 'TimeoutError' };
    const parameters = {
      method,
      path,
      ...(query && { querystring: query }),
      ...(body && { body }),
    };
    const options = { asStream: true, requestTimeout: timeoutMilliseconds, headers: headers ?? {} };
    return receive(transport.request(parameters, options), timeoutMilliseconds);
  };
};

/**
 * The client's transport without its pool of nodes and its serializer: there is one address, bodies
 * are bytes, and what to send again is decided elsewhere. It asks for no more than these functions.
 */
const transportOptions = (connection: Connection): TransportOptions =>
  ({
    connectionPool: { getConnection: () => connection, markAlive() {}, markDead() {} },
    serializer: { qserialize: stringify },
    emit: () => true,
    maxRetries: 0,
    headers: { 'user-agent': 'dynamodb-to-opensearch' },
  }) as unknown as TransportOptions;

// The client's own timeout ends with the first byte of the answer; this one ends with the last.
const receive = async (
  exchange: TransportRequestPromise<ApiResponse>,
  timeoutMilliseconds: number,
): Promise<Answer> => {
  let isOverdue = false; // then the error is of our own making
  const abort = () => {
    isOverdue = true;
    exchange.abort();
  };
  const timer = setTimeout(abort, timeoutMilliseconds);
  try {
    const { statusCode, body } = await exchange;
    return { kind: 'answered', status: statusCode ?? 0, body: await text(body) };
  } catch (error) {
    const name = error instanceof Error ? error.name : 'Error';
    return { kind: 'unanswered', error: isOverdue ? 'TimeoutError' : name };
  } finally {
    clearTimeout(timer);
  }
};
