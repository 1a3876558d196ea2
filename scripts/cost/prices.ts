/** A list price in dollars. */
export interface Price {
  readonly dollars: number;
  /** What costs so much. */
  readonly of: string;
  /** AWS's page for it. */
  readonly page: string;
  /** Where we have read it: AWS's own words, or a text that quotes them. */
  readonly source: string;
}

/** When all prices were read. */
export const READ_ON = '2026-11-24';

/** The prices of a region, without free tiers, savings plans or taxes. */
export type Prices = Readonly<Record<PriceName, Price>>;
export type PriceName =
  | 'lambdaRequest'
  | 'lambdaArm64'
  | 'lambdaX86'
  | 'lambdaStreamRead'
  | 'streamRead'
  | 'tableRead'
  | 'tableRecovery'
  | 'tableExport'
  | 'logIngestion'
  | 'customMetric'
  | 'alarmMetric'
  | 'dashboard'
  | 'parameter'
  | 'secret'
  | 'objectWrite'
  | 'transition'
  | 'ingestionUnit';

const LAMBDA = {
  page: 'https://aws.amazon.com/lambda/pricing/',
  source: 'https://cloudchipr.com/blog/aws-lambda-pricing',
};
const DYNAMODB = {
  page: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  source: 'https://airbyte.com/data-engineering-resources/dynamodb-pricing',
};
const CLOUDWATCH = {
  page: 'https://aws.amazon.com/cloudwatch/pricing/',
  source: 'https://signoz.io/guides/cloudwatch-pricing',
};
const STREAMS = { ...DYNAMODB, source: 'https://notes.paulswail.com/public/DynamoDB+streams' };
const EXPORT = {
  ...DYNAMODB,
  source: 'https://github.com/Rimurutempestx/Amazon-DynamoDB-pricing-and-security',
};
const SECRETS = {
  page: 'https://aws.amazon.com/secrets-manager/pricing/',
  source: 'https://techoral.com/aws/aws-parameter-store-vs-secrets.html',
};

/**
 * What AWS publishes, by region. Its pages fill in their tables in the browser, so that few can be read from a stored copy:
 * most prices are as others quote them. They change, and differ by region: look at the page and put in yours.
 */
export const PRICES: Readonly<Record<string, Prices>> = {
  'us-east-1': {
    lambdaRequest: { dollars: 0.2 / 1e6, of: 'request', ...LAMBDA },
    lambdaArm64: { dollars: 0.0000133334, of: 'GB-second', ...LAMBDA },
    lambdaX86: { dollars: 0.0000166667, of: 'GB-second', ...LAMBDA },
    // "You are not charged for GetRecords API calls invoked by Lambda as part of DynamoDB triggers."
    lambdaStreamRead: {
      dollars: 0,
      of: 'GetRecords of Lambda',
      page: DYNAMODB.page,
      source:
        'https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html',
    },
    streamRead: { dollars: 0.02 / 1e5, of: 'GetRecords of anybody else', ...STREAMS },
    tableRead: { dollars: 0.125 / 1e6, of: 'read unit, on demand', ...DYNAMODB },
    tableRecovery: { dollars: 0.2, of: 'GB and month of point-in-time recovery', ...EXPORT },
    tableExport: { dollars: 0.1, of: 'GB', ...EXPORT },
    logIngestion: { dollars: 0.5, of: 'GB', ...CLOUDWATCH },
    customMetric: { dollars: 0.3, of: 'metric and month, by the hour', ...CLOUDWATCH },
    alarmMetric: { dollars: 0.1, of: 'metric of an alarm and month', ...CLOUDWATCH },
    dashboard: { dollars: 3, of: 'dashboard and month', ...CLOUDWATCH },
    parameter: {
      dollars: 0,
      of: 'parameter up to 4 KB and month',
      page: 'https://aws.amazon.com/systems-manager/pricing/',
      source: SECRETS.source,
    },
    secret: { dollars: 0.4, of: 'secret and month', ...SECRETS },
    objectWrite: {
      dollars: 0.005 / 1000,
      of: 'write',
      page: 'https://aws.amazon.com/s3/pricing/',
      source:
        'https://www.cloudkaramchari.com/blog/understanding-per-1000-put-copy-post-or-list-requests-in-amazon-s3-pricing/',
    },
    transition: {
      dollars: 0.025 / 1000,
      of: 'state transition',
      page: 'https://aws.amazon.com/step-functions/pricing/',
      source: 'https://aws.amazon.com/step-functions/pricing/',
    },
    ingestionUnit: {
      dollars: 0.24,
      of: 'OCU and hour',
      page: 'https://aws.amazon.com/opensearch-service/pricing/',
      source:
        'https://community.aws/content/2dEtFgRmJUB2pLuPbWLKqp0wjcN/optimising-your-opensearch-ingestion-pipeline-using-aws-cdk',
    },
  },
};
