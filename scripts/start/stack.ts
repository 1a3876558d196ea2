import { existsSync, readdirSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { startAwsStandIn } from '../local/aws-stand-in.ts';
import { cacheDirectory } from '../local/cache.ts';
import { startDynamoDBLocal } from '../local/dynamodb-local.ts';
import { extractFunction } from '../local/lambda/extract-function.ts';
import { FUNCTION_ARCHIVE } from '../local/lambda/function-archive.ts';
import { startOpenSearch } from '../local/opensearch.ts';
import type { Resources } from './resources.ts';
import type { Store } from './store.ts';

/** The parts that run, by what a person calls them, in the direction in which data flow. */
export const partNames = ['DynamoDB', 'Function', 'OpenSearch'] as const;

/** Everything that the function needs around it, running. */
export interface Stack {
  readonly dynamodbUrl: string;
  readonly openSearchUrl: string;
  readonly aws: Awaited<ReturnType<typeof startAwsStandIn>>;
  /** Where the built bundle was extracted to. */
  readonly functionDirectory: string;
}

/** Lays the function out and starts the servers at the same time; throws one sentence when something is missing on this machine. */
export const startStack = async (resources: Resources, store: Store): Promise<Stack> => {
  const functionDirectory = await layOutFunction(resources, store);
  // Before the other, since it is the one that needs the newer JDK: who has none is told of that one.
  const openSearch = startPart(store, 'OpenSearch', 'opensearch-3.8', async () => {
    const server = await startOpenSearch({ version: '3.8' });
    resources.add(server.stop);
    return { value: server, detail: `${server.url}  OpenSearch 3.8` };
  });
  const dynamodb = startPart(store, 'DynamoDB', 'dynamodb-local', async () => {
    const server = await startDynamoDBLocal();
    resources.add(server.stop);
    return { value: server, detail: `${server.url}  DynamoDB Local` };
  });
  const [{ url: openSearchUrl }, { url: dynamodbUrl }, aws] = await Promise.all([
    openSearch,
    dynamodb,
    startAws(resources),
  ]);
  return { openSearchUrl, dynamodbUrl, functionDirectory, aws };
};

const startPart = async <Value>(
  store: Store,
  name: (typeof partNames)[number],
  jarSet: string,
  start: () => Promise<{ readonly value: Value; readonly detail: string }>,
): Promise<Value> => {
  if (!hasJars(jarSet))
    store.updatePart(name, {
      isUp: false,
      detail: 'Maven fetches its jars, this once: some 120 MB in all',
    });
  const before = performance.now();
  const { value, detail } = await start();
  const seconds = ((performance.now() - before) / 1000).toFixed(1);
  store.updatePart(name, { isUp: true, detail: `${detail}, up in ${seconds} s` });
  return value;
};

const hasJars = (jarSet: string): boolean => {
  const directory = cacheDirectory(process.env);
  const name = new RegExp(`^${jarSet}-[0-9a-f]+$`);
  return existsSync(directory) && readdirSync(directory).some((entry) => name.test(entry));
};

const layOutFunction = async (resources: Resources, store: Store): Promise<string> => {
  if (!existsSync(FUNCTION_ARCHIVE))
    throw new Error('There is no modules/sync/dist/function.zip: run npm run build.');
  const kilobytes = Math.round((await stat(FUNCTION_ARCHIVE)).size / 1000);
  const { directory, remove } = await extractFunction(FUNCTION_ARCHIVE);
  resources.add(remove);
  const detail = `modules/sync/dist/function.zip (${kilobytes} KB), in its own Node.js 22`;
  store.updatePart('Function', { isUp: true, detail });
  return directory;
};

const startAws = async (resources: Resources): Promise<Stack['aws']> => {
  const aws = await startAwsStandIn();
  resources.add(aws.stop);
  return aws;
};
