import type { Send } from './connection.ts';

/** Reads the user and password of OpenSearch. */
export type ReadCredentials = () => Promise<{
  readonly username: string;
  readonly password: string;
}>;

const SHORTEST_PAUSE_MILLISECONDS = 60_000;

/**
 * Adds basic authentication to requests. The credentials are read before the first request and, since
 * passwords are rotated, again after a 401 or 403, at most once a minute.
 */
export const withBasicAuthentication = (send: Send, read: ReadCredentials): Send => {
  let authorization: Promise<string> | undefined; // of the last reading; a failed one is forgotten
  let reread = Number.NEGATIVE_INFINITY; // when it was last read because of a refusal, monotonic milliseconds

  const authorize = (): Promise<string> => {
    authorization ??= read().then(header);
    authorization.catch(() => {
      authorization = undefined;
    });
    return authorization;
  };

  return async (request, timeoutMilliseconds) => {
    const headers = await authorize().then(
      (value) => ({ ...request.headers, authorization: value }),
      () => undefined,
    );
    if (headers === undefined) return { kind: 'unanswered', error: 'SecretUnavailable' };
    const answer = await send({ ...request, headers }, timeoutMilliseconds);
    const isRefused = answer.kind === 'answered' && [401, 403].includes(answer.status);
    if (isRefused && performance.now() - reread >= SHORTEST_PAUSE_MILLISECONDS) {
      reread = performance.now();
      authorization = undefined;
    }
    return answer;
  };
};

const header = ({ username, password }: Awaited<ReturnType<ReadCredentials>>): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
