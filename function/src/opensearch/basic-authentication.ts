import type { Send } from './connection.ts';

/** Reads the user and password of OpenSearch, within the time it is given. */
export type ReadCredentials = (timeoutMilliseconds: number) => Promise<{
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
  let refusedAt = Number.NEGATIVE_INFINITY; // when it was last read because of a refusal, monotonic milliseconds

  const authorize = (timeoutMilliseconds: number): Promise<string> => {
    authorization ??= read(timeoutMilliseconds).then(header);
    authorization.catch(() => {
      authorization = undefined;
    });
    return authorization;
  };

  return async (request, timeoutMilliseconds) => {
    const started = performance.now();
    const headers = await authorize(timeoutMilliseconds).then(
      (value) => ({ ...request.headers, authorization: value }),
      () => undefined,
    );
    if (headers === undefined) return { kind: 'unanswered', error: 'SecretUnavailable' };
    const left = timeoutMilliseconds - (performance.now() - started);
    const answer = await send({ ...request, headers }, left);
    const isRefused = answer.kind === 'answered' && [401, 403].includes(answer.status);
    if (isRefused && performance.now() - refusedAt >= SHORTEST_PAUSE_MILLISECONDS) {
      refusedAt = performance.now();
      authorization = undefined;
    }
    return answer;
  };
};

const header = ({ username, password }: Awaited<ReturnType<ReadCredentials>>): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
