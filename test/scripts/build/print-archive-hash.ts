import { createHash } from 'node:crypto';
import { buildFunction } from '../../../scripts/build/build-function.ts';
import { functionSource } from '../../../scripts/build/function-source.ts';

// Builds the function of the given repository and prints which major version of Node.js made which archive.
const [rootDirectory = ''] = process.argv.slice(2);
const { archive } = await buildFunction(functionSource(rootDirectory));
const hash = createHash('sha256').update(archive).digest('hex');
const [majorVersion] = process.versions.node.split('.');
process.stdout.write(`${majorVersion} ${hash}`);
