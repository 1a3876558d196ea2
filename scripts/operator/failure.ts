import { awsCureOf } from '../../function/src/operator/aws-cures.ts';

/** How a failure is told. */
export type FailureSettings = {
  /** Whether to say where in the code each error comes from. */
  readonly isDebug: boolean;
  /** The AWS profile in use, if one was chosen. */
  readonly profile: string | undefined;
  /** The AWS region that was asked. */
  readonly region?: string | undefined;
};

/** What a person is told when a command could not do its work: what happened, and the cure where we know one. */
export const failureText = (error: unknown, settings: FailureSettings): string => {
  const { isDebug, ...place } = settings;
  const errors = withCauses(error);
  const known = errors
    .map((one, depth) => cureOf(one, { ...place, around: errors[depth - 1] ?? one }))
    .find((text) => text !== undefined);
  const message = errors[0]?.message ?? String(error);
  const text = known ?? (message || 'It failed without a word');
  return isDebug ? `${text}\n\n${errors.map(({ stack }) => stack).join('\ncaused by ')}` : text;
};

const withCauses = (error: unknown): readonly Error[] =>
  error instanceof Error ? [error, ...withCauses(error.cause)] : [];

type Place = Pick<FailureSettings, 'profile' | 'region'>;

/** Where AWS or the SDK says what, but not what to do; undefined for all that speaks for itself. */
const cureOf = (
  { name, message }: Error,
  { profile, region, around }: Place & { readonly around: Error },
): string | undefined => {
  const cure = awsCureOf(name);
  switch (name) {
    case 'CredentialsProviderError':
      return `${sentence(message)} ${profile === undefined ? cure : waysWith(profile)}`;
    case 'InvalidSignatureException':
    case 'RequestTimeTooSkewed':
    case 'RequestExpired':
      return `${sentence(message)} ${cure}`;
    case 'ParameterNotFound':
      return `${missing(around.message, region)} ${cure}\n  aws ssm describe-parameters --query 'Parameters[].Name'`;
    case 'AccessDenied':
    case 'AccessDeniedException':
      // S3 often says no more than "Access Denied": what was denied, the error around it says.
      return `${sentence(around.message)} Have it allowed there, or choose other credentials with --profile.`;
    default:
      return cure;
  }
};

// "Systems Manager did not return the parameter shop: ParameterNotFound: …"
const missing = (message: string, region = 'this region'): string => {
  const [, name = 'of that name'] = /the parameter (.*?): ParameterNotFound/.exec(message) ?? [];
  return `There is no SSM parameter ${name} in ${region} and this account.`;
};

const waysWith = (profile: string): string =>
  `The profile is ${profile}: "aws configure list-profiles" lists those that there are, "aws sso login --profile ${profile}" signs in.`;

const sentence = (message: string): string => (/[.!?]$/.test(message) ? message : `${message}.`);
