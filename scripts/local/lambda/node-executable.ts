import { createRequire } from 'node:module';

const lambdaMajorVersion = 22;

/**
 * Path of the Node.js that functions run on: this very process when it is of Lambda's major version, the npm package
 * `node` otherwise, so that a test started with another Node still tests what AWS will run.
 */
export const nodeExecutable = (): string =>
  process.versions.node.startsWith(`${lambdaMajorVersion}.`)
    ? process.execPath
    : createRequire(import.meta.url).resolve('node/bin/node');
