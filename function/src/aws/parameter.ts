import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { clientSettings, LONGEST_READING_MILLISECONDS } from './client-settings.ts';
import { ServiceError } from './service-error.ts';

/** The decrypted value of a parameter. @throws ServiceError */
export const readParameter = async (name: string): Promise<string> => {
  try {
    const client = new SSMClient(clientSettings);
    const { Parameter: parameter } = await client.send(
      new GetParameterCommand({ Name: name, WithDecryption: true }),
      { abortSignal: AbortSignal.timeout(LONGEST_READING_MILLISECONDS) },
    );
    return parameter?.Value ?? '';
  } catch (cause) {
    throw new ServiceError('Systems Manager', `return the parameter ${name}`, cause);
  }
};
