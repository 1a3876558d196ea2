import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startAwsStandIn } from '../../../scripts/local/aws-stand-in.ts';
import { extractFunction } from '../../../scripts/local/lambda/extract-function.ts';
import { FUNCTION_ARCHIVE } from '../../../scripts/local/lambda/function-archive.ts';
import { connectDynamoDB } from '../../../scripts/start/dynamodb.ts';
import { movies } from '../../../scripts/start/movies.ts';
import {
  type OfferedCommands,
  offerOperatorCommands,
} from '../../../scripts/start/operator-commands.ts';
import { createResources } from '../../../scripts/start/resources.ts';
import {
  configureFunction,
  createSyncFunction,
  followStream,
} from '../../../scripts/start/synchronization.ts';
import { sharedServer } from '../../support/shared-server.ts';

const resources = createResources();
let commands: OfferedCommands;

// What `npm start` runs, but for its servers, and with some of its data.
beforeAll(async () => {
  const name = `movies-${randomUUID()}`; // servers are shared
  const sample = { ...movies(), name, index: name };
  const { directory, remove } = await extractFunction(FUNCTION_ARCHIVE);
  const aws = await startAwsStandIn();
  const stack = {
    dynamodbUrl: await sharedServer('dynamodb-local'),
    openSearchUrl: await sharedServer('opensearch-3.8'),
    functionDirectory: directory,
    aws,
  };
  const dynamodb = connectDynamoDB(stack.dynamodbUrl);
  configureFunction(stack, [sample]);
  const lambda = createSyncFunction(stack, 1, () => undefined);
  const streamArn = await dynamodb.createTable(name, sample.keys);
  const mapping = followStream(stack, streamArn, lambda, resources);
  await dynamodb.writeBatch(name, sample.items.slice(0, 25));
  await mapping.drained();
  commands = await offerOperatorCommands(stack, resources);
  for (const stop of [lambda.stop, aws.stop, remove]) resources.add(stop);
});

afterAll(() => resources.stop());

const REPOSITORY = join(import.meta.dirname, '../../..');

const paste = (command: string) =>
  promisify(execFile)('/bin/sh', ['-c', command], { cwd: REPOSITORY });

test('the command that verifies says that the index equals the table', async () => {
  expect((await paste(commands.verify)).stdout).toMatch(/^✓ index equals table /);
});

test('the doctor finds nothing wrong, and nothing that it cannot look at', async () => {
  const { stdout } = await paste(commands.doctor);
  expect(stdout).toMatch(/^Nothing is wrong: \d+ ✓$/m);
});
