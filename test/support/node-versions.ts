import { join } from 'node:path';
import type { Environment } from '../../scripts/local/cache.ts';
import { installPackage } from './installed-package.ts';

/** Path of a `node` of that major version, from npm, installed into the cache directory the first time. */
export const installNode = async (
  majorVersion: 20 | 24,
  environment: Environment = process.env,
): Promise<string> => {
  const directory = join(import.meta.dirname, 'node-versions', `node-${majorVersion}`);
  const installed = await installPackage({ directory, scripts: 'run' }, environment);
  return join(installed, 'node_modules/node/bin/node');
};
