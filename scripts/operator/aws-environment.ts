import type { CommonValues } from './common-options.ts';

/**
 * Settles in the environment which credentials and region all AWS clients take, as other AWS tools do where the
 * SDK for JavaScript does not, and returns the region. Throws one sentence if there is none.
 */
export const settleAwsEnvironment = async (
  { profile, region }: Pick<CommonValues, 'profile' | 'region'>,
  environment: NodeJS.ProcessEnv,
): Promise<string> => {
  if (profile !== undefined) takeProfile(profile, environment);
  const named = region || environment['AWS_REGION'] || environment['AWS_DEFAULT_REGION'];
  const found = named || (await regionOfProfile());
  if (found === undefined) throw new Error(regionMissing);
  environment['AWS_REGION'] = found;
  // The profile has given its region; keys in the environment come before what it has for credentials.
  if (profile === undefined && hasKeys(environment)) delete environment['AWS_PROFILE'];
  return found;
};

const takeProfile = (profile: string, environment: NodeJS.ProcessEnv): void => {
  environment['AWS_PROFILE'] = profile;
  for (const name of [...keyNames, 'AWS_SESSION_TOKEN']) delete environment[name];
};

const keyNames = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;

const hasKeys = (environment: NodeJS.ProcessEnv): boolean =>
  keyNames.every((name) => environment[name]);

// The SDK takes a moment to load, which nobody has to wait for who names a region.
const regionOfProfile = async (): Promise<string | undefined> => {
  const { configuredRegion } = await import('../../function/src/aws/region.ts');
  return configuredRegion();
};

const regionMissing =
  'No AWS region is named: give --region, set AWS_REGION, or choose with --profile a profile that has one.';
