import type { BundledFile } from './bundle.ts';

/**
 * The AWS operations that the function calls, by client. CreateSession and DescribeEndpoints are
 * called by their clients themselves.
 */
export const calledOperations: { readonly [client: string]: readonly string[] } = {
  'client-dynamodb': ['BatchGetItem', 'DescribeEndpoints', 'DescribeTable', 'Scan'],
  'client-lambda': ['GetFunctionConfiguration', 'ListEventSourceMappings'],
  'client-s3': ['CreateSession', 'DeleteObject', 'GetObject', 'ListObjectsV2', 'PutObject'],
  'client-secrets-manager': ['GetSecretValue'],
  'client-ssm': ['GetParameter'],
  'client-sts': ['GetCallerIdentity'],
};

/** Throws if an operation is bundled that is not listed above, for its errors would be cut. */
export const assertCalledOperations = (files: readonly BundledFile[]): void => {
  for (const { path, bytes } of files) {
    const [, client = '', operation = ''] = commandFile.exec(path) ?? [];
    if (bytes > 0 && operation !== '' && !calledOperations[client]?.includes(operation))
      throw new Error(
        `${operation} of @aws-sdk/${client} is bundled, but not listed in scripts/build/called-operations.ts: ` +
          'list it if it is called; else import() a file of ours, not the client itself, which brings all its operations.',
      );
  }
};

const commandFile = /\/@aws-sdk\/(client-[a-z\d-]+)\/dist-es\/commands\/(\w+)Command\.js$/;
