import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { calledOperations } from './called-operations.ts';
import type { Cut } from './cut.ts';
import { schemasOf } from './operation-schemas.ts';

const manifests: Cut = {
  name: 'the manifests of dependencies',
  files: /\/node_modules\/.+\/package\.json$/,
  // The clients read their version from it, for the user agent.
  contents: (path) => JSON.stringify({ version: JSON.parse(readFileSync(path, 'utf8')).version }),
};

// Apart from its 10 KB: with DEBUG set it would print whole requests, and no log may hold a value.
const debug: Cut = {
  name: "the OpenSearch client's debug output",
  files: /\/node_modules\/debug\/src\/index\.js$/,
  contents: () => 'module.exports = () => () => {}',
};

// An `import()` inside of CommonJS makes esbuild wrap all of the SDK, module by module.
const defaultCredentials: Cut = {
  name: "the OpenSearch signer's own choice of credentials",
  files: /\/opensearch\/lib\/aws\/AwsSigv4Signer-sdk-v3\.js$/,
  contents: (path) =>
    replaceIn(
      path,
      "import('@aws-sdk/credential-provider-node')",
      "Promise.reject(new Error('Pass getCredentials to the signer.'))",
    ),
};

// An error after the headers is told to us as well; what it prints can hold the first bytes of an answer.
const connectionLog: Cut = {
  name: "the OpenSearch connection's own log line",
  files: /\/opensearch\/lib\/Connection\.js$/,
  contents: (path) => replaceIn(path, "console.log('ignoring error after response', err)", ''),
};

const eventStreams: Cut = {
  name: 'event streams',
  files: /\/@smithy\/core\/dist-es\/submodules\/event-streams\/index\.js$/,
  contents: () => `
    export const resolveEventStreamSerdeConfig = (config) => config;
    export function EventStreamSerde() {
      throw new Error('Event streams are left out of this bundle.');
    }
    export const eventStreamSerdeProvider = EventStreamSerde;`,
};

// The SDK falls back on them where Node.js lacks a hash; eight times slower, they would only hide that.
const hashes: Cut = {
  name: 'hash functions in JavaScript',
  files: /\/(Md5|Sha1|Sha256)Js\.js$/,
  contents: (path) => `
    export class ${basename(path, '.js')} {
      constructor() {
        throw new Error('This Node.js has no hash function for ${basename(path, 'Js.js')}.');
      }
    }`,
};

const schemas: Cut = {
  name: 'the schemas and errors of operations that are not called',
  files: /\/@aws-sdk\/client-[a-z\d-]+\/dist-es\/schemas\/schemas_0\.js$/,
  contents: (path) => schemasOf(path, calledOperations[basename(join(path, '../../..'))] ?? []),
};

/** What of its dependencies nobody needs, neither the function nor a person at a terminal. */
export const commonCuts: readonly Cut[] = [
  manifests,
  debug,
  defaultCredentials,
  connectionLog,
  eventStreams,
  hashes,
];

/**
 * What of its dependencies the function goes without. Nothing that a user can ask for is cut: each
 * way to find credentials, each AWS_* variable of a client that is called and its retries stay.
 */
export const cuts: readonly Cut[] = [...commonCuts, schemas];

const replaceIn = (path: string, text: string, replacement: string): string => {
  const source = readFileSync(path, 'utf8');
  if (!source.includes(text)) throw new Error(`${path} has no ${text} any more: see cuts.ts.`);
  return source.replace(text, replacement);
};
