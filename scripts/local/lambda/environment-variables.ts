/** Environment variables by name. */
export type EnvironmentVariables = Readonly<Record<string, string>>;

/** What the environment variables of an execution environment are made from. */
export interface EnvironmentSettings {
  readonly functionName: string;
  readonly memoryMegabytes: number;
  readonly directory: string;
  readonly handler: string;
  readonly runtimeApiAddress: string;
  /** What the function's owner configured; it wins over everything but the reserved names. */
  readonly configured: EnvironmentVariables;
}

const defaultRegion = 'eu-west-1';

/**
 * The variables that Lambda sets for a Node.js 22 function, and the configured ones: nothing of the parent's own
 * environment gets through, so that a function which leans on the machine it was built on fails here and not in AWS.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export const environmentVariables = (settings: EnvironmentSettings): EnvironmentVariables => ({
  ...unreserved(settings.configured['AWS_REGION'] ?? defaultRegion),
  ...settings.configured,
  _HANDLER: settings.handler,
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMegabytes),
  AWS_LAMBDA_FUNCTION_NAME: settings.functionName,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${settings.functionName}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'local',
  AWS_LAMBDA_RUNTIME_API: settings.runtimeApiAddress,
  LAMBDA_TASK_ROOT: settings.directory,
});

// Region, credentials and log format are Lambda's to set, but a caller has to point them at local services.
const unreserved = (region: string): EnvironmentVariables => ({
  AWS_ACCESS_KEY_ID: 'local',
  AWS_DEFAULT_REGION: region,
  AWS_LAMBDA_LOG_FORMAT: 'Text',
  AWS_REGION: region,
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_SESSION_TOKEN: 'local',
  LANG: 'en_US.UTF-8',
  PATH: '/usr/local/bin:/usr/bin:/bin',
  TZ: ':UTC',
});
