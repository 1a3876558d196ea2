import { readParameterVersion } from '../../aws/parameter.ts';
import { causeNameOf, messageOf, ServiceError } from '../../aws/service-error.ts';
import { InvalidConfiguration } from '../../configuration/parse.ts';
import { awsCureOf } from '../aws-cures.ts';
import {
  type OperatorEnvironment,
  type OperatorOptions,
  openOperatorEnvironment,
} from '../environment.ts';
import { type Check, counted, ok, wrong } from './check.ts';
import { isDenied } from './failure.ts';

/** The configuration, and what can be asked with it; undefined where it cannot be read. */
export type ParameterReading = {
  readonly checks: readonly Check[];
  readonly environment: OperatorEnvironment | undefined;
  /** Of the newest version. */
  readonly version: number | undefined;
};

/** Checks that the parameter can be read and holds a valid configuration. */
export const checkParameter = async (options: OperatorOptions): Promise<ParameterReading> => {
  try {
    const environment = await openOperatorEnvironment(options);
    const version = await readParameterVersion(newest(options.parameter));
    const { tables, endpoint } = environment.configuration;
    const finding = `version ${version} is valid: ${counted(tables.size, 'table')}, ${endpoint.host}`;
    return { checks: [ok(NAME, finding)], environment, version };
  } catch (error) {
    const check = wrong(NAME, findingOf(error, options), cureOf(error));
    return { checks: [check], environment: undefined, version: undefined };
  }
};

/** Whether two texts name the same parameter: by name or ARN, in whatever version. */
export const isSameParameter = (one: string, other: string): boolean =>
  bareName(one) === bareName(other);

// In an ARN one cannot see whether the name itself starts with a slash.
const bareName = (text: string): string =>
  newest(text)
    .replace(/^arn:aws[\w-]*:ssm:[\w-]*:\d*:parameter/, '')
    .replace(/^\//, '');

/** A parameter without the version that may be selected behind its name. */
const newest = (text: string): string => text.replace(/:\d+$/, '');

const NAME = 'content';

const findingOf = (
  error: unknown,
  { parameter, region = 'this region' }: OperatorOptions,
): string =>
  causeNameOf(error) === 'ParameterNotFound'
    ? `there is no parameter ${parameter} in ${region}`
    : messageOf(error);

const cureOf = (error: unknown): string => {
  if (error instanceof InvalidConfiguration) {
    return 'The module writes the parameter: correct the named places in its inputs and run terraform apply. After changes by hand, terraform apply puts it back.';
  }
  const name = causeNameOf(error);
  switch (name) {
    case 'ParameterNotFound':
      return `${awsCureOf(name)}\n  terraform output parameter_name`;
    case 'ParameterVersionNotFound':
      return 'Parameter Store keeps the last 100 versions of a parameter: name it without a version for the newest one.';
    case 'InvalidKeyId':
      return 'The KMS key of the parameter is disabled or deleted: enable it, or cancel its deletion.';
    case 'NoSuchBucket':
    case 'NoSuchKey':
    case 'NoSuchVersion':
      return 'The parameter points to an object in S3 that was deleted: terraform apply writes it again.';
  }
  return isDenied(error) ? deniedCure(error) : '';
};

const deniedCure = (error: unknown): string => {
  const message = messageOf(error);
  if (/kms|ciphertext/i.test(message)) {
    return 'Allow kms:Decrypt on the key of the parameter (kms_key_arn of the module) to whoever runs this command, in an IAM policy and, for another account, in the key’s own policy.';
  }
  const isObject = error instanceof ServiceError && message.startsWith('S3 ');
  const permission = isObject
    ? 's3:GetObjectVersion on the object'
    : 'ssm:GetParameter on the parameter';
  return `Allow ${permission} to whoever runs this command.`;
};
