import type { Sabotage } from '../sabotage.ts';

const READ_TEST = 'test/function/configuration/read.test.ts';

/** Of reading the configuration from AWS. */
export const aws: readonly Sabotage[] = [
  {
    what: 'the parameter is read encrypted',
    file: 'function/src/aws/parameter.ts',
    replace: 'WithDecryption: true',
    by: 'WithDecryption: false',
    caughtBy: { file: READ_TEST, named: 'is read decrypted' },
  },
  {
    what: 'the configuration is read at every invocation',
    file: 'function/src/handler.ts',
    replace: 'environment ??= createExecutionEnvironment(process.env);',
    by: 'environment = createExecutionEnvironment(process.env);',
    caughtBy: { file: READ_TEST, named: 'once in an execution environment' },
  },
  {
    what: 'a configuration that could not be read is never read again',
    file: 'function/src/handler.ts',
    replace: 'environment = undefined; // reported by the invocation that waits for it',
    by: '',
    caughtBy: { file: READ_TEST, named: 'the next invocation tries again' },
  },
  {
    what: 'the configuration in S3 is read in its newest version',
    file: 'function/src/aws/objects.ts',
    replace: 'Key: key, VersionId: versionId',
    by: 'Key: key',
    caughtBy: { file: READ_TEST, named: 'in the version that is named' },
  },
  {
    what: 'a service that throttles is asked once',
    file: 'function/src/aws/client-settings.ts',
    replace: 'maxAttempts: 4',
    by: 'maxAttempts: 1',
    caughtBy: { file: READ_TEST, named: 'may throttle and drop connections' },
  },
  {
    what: 'a failure does not name the missing route',
    file: 'function/src/aws/service-error.ts',
    replace: 'return isTimeout(cause)',
    by: 'return cause.message === cause.name',
    caughtBy: { file: READ_TEST, named: 'so is the missing route of a VPC' },
  },
  {
    what: 'a service that cannot be reached takes all of the time',
    file: 'function/src/aws/client-settings.ts',
    replace: 'connectionTimeout: 1500, requestTimeout: 5000',
    by: 'connectionTimeout: 60_000, requestTimeout: 60_000',
    caughtBy: { file: READ_TEST, named: 'so is the missing route of a VPC' },
  },
];
