import { join } from 'node:path';
import type { Environment } from '../../scripts/local/cache.ts';
import { installPackage } from './installed-package.ts';

/**
 * Path of `index.mjs` of AWS's own Lambda runtime for Node.js, installed into the cache directory the first time.
 *
 * Its native addon is not built: run it with `AWS_LAMBDA_NODEJS_USE_ALTERNATIVE_CLIENT_1=true`, which selects its client in JavaScript.
 */
export const installRuntimeInterfaceClient = async (
  environment: Environment = process.env,
): Promise<string> => {
  const directory = join(import.meta.dirname, 'lambda-runtime-interface-client');
  const installed = await installPackage({ directory, scripts: 'ignore' }, environment);
  return join(installed, 'node_modules/aws-lambda-ric/index.mjs');
};
