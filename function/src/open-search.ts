import type { User } from './aws/secret.ts';
import { messageOf } from './aws/service-error.ts';
import type { Configuration } from './configuration/configuration.ts';
import type { Log } from './log.ts';
import { withBasicAuthentication } from './opensearch/basic-authentication.ts';
import { connect, type Send } from './opensearch/connection.ts';

/** Opens the connections to OpenSearch, with whatever authentication is configured. */
export const connectOpenSearch = ({ endpoint, authentication }: Configuration, log: Log): Send => {
  if (authentication.type === 'sigv4') return connect(endpoint, authentication);
  const { secretArn } = authentication;
  return withBasicAuthentication(connect(endpoint, undefined), (timeoutMilliseconds) =>
    readUser(secretArn, timeoutMilliseconds, log),
  );
};

const readUser = async (
  secretArn: string,
  timeoutMilliseconds: number,
  log: Log,
): Promise<User> => {
  const { readUserSecret } = await import('./aws/secret.ts');
  try {
    return await readUserSecret(secretArn, timeoutMilliseconds);
  } catch (error) {
    log.error('there is no user to ask OpenSearch as', { error: messageOf(error) });
    throw error;
  }
};
