import { GetParameterCommand } from '@aws-sdk/client-ssm';
import type { Configuration } from '../../function/src/configuration/configuration.ts';
import { parseConfiguration } from '../../function/src/configuration/parse.ts';
import { type AwsAccount, REGION } from './aws-account.ts';

/** The configuration that lies in a parameter of an account, as the function reads it. */
export const storedConfiguration = async (
  { ssm }: AwsAccount,
  name: string,
): Promise<Configuration> => {
  const { Parameter: parameter } = await ssm.send(
    new GetParameterCommand({ Name: name, WithDecryption: true }),
  );
  return parseConfiguration(parameter?.Value ?? '', name, REGION);
};
