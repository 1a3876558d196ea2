import { type AwsStandIn, startAwsStandIn } from '../../scripts/local/aws-stand-in.ts';

/** The servers of a world, none of which has a bad day by itself. */
export type Site = SiteParts & { readonly aws: AwsStandIn; readonly node: SearchNode };

/** What the sites of a process share. */
export type SiteParts = {
  readonly dynamoDBUrl: string;
  /** Where the function's bundle lies. */
  readonly functionDirectory: string;
};

/** An OpenSearch node; one of its own can be restarted. */
export type SearchNode = {
  readonly url: string;
  readonly version: '3.8' | '2.19';
  /** Undefined where others use it too. */
  readonly restart?: (how: 'stopped' | 'killed') => Promise<void>;
};

/** The sites of a process, which differ in their OpenSearch only. */
export type Sites = {
  readonly with: (node: SearchNode) => Site;
  readonly stop: () => Promise<void>;
};

/** Opens the sites of this process; its operator commands keep the first address that they see, so there is one AWS. */
export const openSites = async (parts: SiteParts): Promise<Sites> => {
  const aws = await startAwsStandIn();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: aws.url,
    AWS_ENDPOINT_URL_DYNAMODB: parts.dynamoDBUrl,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: 'eu-west-1',
  });
  return { with: (node) => ({ ...parts, aws, node }), stop: aws.stop };
};
