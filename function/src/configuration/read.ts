import type { ObjectLocation } from '../aws/objects.ts';
import { readParameter } from '../aws/parameter.ts';
import type { Configuration } from './configuration.ts';
import { InvalidConfiguration, parseConfiguration } from './parse.ts';
import { pointerIn } from './pointer.ts';

const LARGEST_BYTES = 1024 * 1024;

/**
 * Reads the configuration from the parameter that the environment names, or from the object in S3 that
 * the parameter points to.
 *
 * @throws InvalidConfiguration with every problem, ServiceError when it could not be read, Error when
 * the environment names none
 */
export const readConfiguration = async (environment: NodeJS.ProcessEnv): Promise<Configuration> => {
  const name = environment['CONFIG_PARAMETER'];
  if (name === undefined || name === '') {
    throw new Error(
      'CONFIG_PARAMETER is not set: it must name the SSM parameter that holds the configuration',
    );
  }
  const region = environment['AWS_REGION'];
  const parameter = `the parameter ${name}`;
  const value = await readParameter(name);
  const problems: string[] = [];
  const pointer = pointerIn(value, problems);
  if (problems.length > 0) throw new InvalidConfiguration(parameter, problems);
  if (pointer === undefined) return parseConfiguration(value, parameter, region);
  const { bucket, key } = pointer;
  const source = `the object ${bucket}/${key}, which ${parameter} points to,`;
  return parseConfiguration(await readOverflow(pointer, source), source, region);
};

const readOverflow = async (pointer: ObjectLocation, source: string): Promise<string> => {
  const { readObject } = await import('../aws/objects.ts');
  const text = await readObject(pointer);
  if (Buffer.byteLength(text) <= LARGEST_BYTES) return text;
  throw new InvalidConfiguration(source, ['the configuration: must be at most 1 MB']);
};
