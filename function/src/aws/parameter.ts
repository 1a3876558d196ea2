import { GetParameterCommand, type Parameter, SSMClient } from '@aws-sdk/client-ssm';
import { clientSettings, LONGEST_READING_MILLISECONDS } from './client-settings.ts';
import { ServiceError } from './service-error.ts';

/** The decrypted value of a parameter. @throws ServiceError */
export const readParameter = async (name: string): Promise<string> =>
  (await getParameter(name))?.Value ?? '';

/** The number of a parameter's newest version, or of the one that its name selects. @throws ServiceError */
export const readParameterVersion = async (name: string): Promise<number> =>
  (await getParameter(name))?.Version ?? 0;

const getParameter = async (name: string): Promise<Parameter | undefined> => {
  try {
    const client = new SSMClient(clientSettings);
    const { Parameter: parameter } = await client.send(
      new GetParameterCommand({ Name: name, WithDecryption: true }),
      { abortSignal: AbortSignal.timeout(LONGEST_READING_MILLISECONDS) },
    );
    return parameter;
  } catch (cause) {
    throw new ServiceError('Systems Manager', `return the parameter ${name}`, cause);
  }
};
