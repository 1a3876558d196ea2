#!/usr/bin/env node
// What package.json calls `dynamodb-to-opensearch`: here in every clone, while the file that it starts has to be built.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const program = join(__dirname, '../../dist/dynamodb-to-opensearch.cjs');

if (existsSync(program)) require(program);
else {
  process.stderr.write('dynamodb-to-opensearch is not built yet: run npm ci && npm run build.\n');
  process.exitCode = 2;
}
