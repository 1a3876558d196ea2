import { STSClient } from '@aws-sdk/client-sts';

/** The region that the SDK finds for itself, in AWS_REGION or in the profile; undefined where there is none. */
export const configuredRegion = async (): Promise<string | undefined> => {
  try {
    return await new STSClient({}).config.region();
  } catch {
    return undefined; // it throws "Region is missing", and for a profile that is not there
  }
};
