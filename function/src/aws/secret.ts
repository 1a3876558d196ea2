import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { parseObject } from '../core/json-value.ts';
import { clientSettings } from './client-settings.ts';
import { ServiceError } from './service-error.ts';

const client = new SecretsManagerClient(clientSettings);

/** Who OpenSearch is asked as. */
export type User = { readonly username: string; readonly password: string };

/** The user and password in a secret. @throws ServiceError when it cannot be read, Error when it holds something else */
export const readUserSecret = async (arn: string, timeoutMilliseconds: number): Promise<User> => {
  const { username, password } = parseObject(await readSecret(arn, timeoutMilliseconds)) ?? {};
  if (typeof username === 'string' && typeof password === 'string') return { username, password };
  throw new Error(`the secret ${arn} must be JSON with the texts "username" and "password"`);
};

const readSecret = async (arn: string, timeoutMilliseconds: number): Promise<string> => {
  try {
    const { SecretString: text } = await client.send(new GetSecretValueCommand({ SecretId: arn }), {
      abortSignal: AbortSignal.timeout(timeoutMilliseconds),
    });
    return text ?? '';
  } catch (cause) {
    throw new ServiceError('Secrets Manager', `return the secret ${arn}`, cause);
  }
};
