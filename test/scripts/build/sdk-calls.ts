import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { defaultProvider } from '@aws-sdk/credential-provider-node';

/** The access key that the chain of credentials finds, as the function's clients and signer do. */
export const accessKey = async (): Promise<string> => (await defaultProvider()()).accessKeyId;

/** The name and message of the error that reading a parameter ends with. */
export const parameterError = async (): Promise<object> => {
  const client = new SSMClient({ maxAttempts: 1 });
  try {
    return await client.send(new GetParameterCommand({ Name: 'any' }));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const isModelled = error instanceof ParameterNotFound;
    return { name: error.name, message: error.message, isModelled };
  }
};
