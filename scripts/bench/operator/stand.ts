import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfiguration } from '../../../function/src/configuration/parse.ts';
import type { Table } from '../../../function/src/core/table.ts';
import { startAwsStandIn } from '../../local/aws-stand-in.ts';
import { startDynamoDBLocal } from '../../local/dynamodb-local.ts';
import { startOpenSearch } from '../../local/opensearch.ts';
import { buildPrograms, type Programs } from '../build-programs.ts';
import type { Cleanup } from '../cleanup.ts';
import { KEYS } from '../item.ts';
import { type RememberedScans, startRememberedScans } from './remembered-scans.ts';

/** What runs in processes of its own beside the commands. */
const PROGRAMS = ['raw-scan', 'raw-bulk', 'peak'] as const;

/** Everything that the commands need, and what they are compared with. */
export interface OperatorStand {
  readonly openSearchUrl: string;
  /** DynamoDB Local itself, and what remembers its scans. */
  readonly dynamoDBUrl: string;
  readonly remembered: RememberedScans;
  readonly tables: ReadonlyMap<string, Table>;
  readonly programs: Programs<(typeof PROGRAMS)[number]>;
  readonly environment: NodeJS.ProcessEnv;
  /** For files that are needed for a while. */
  readonly directory: string;
}

/** The parameter that holds the configuration of the stand. */
export const PARAMETER = '/bench/operator';

const HEAP_MEGABYTES = 2048;

/** Starts both servers, with tables of these names configured. */
export const openOperatorStand = async (
  names: readonly string[],
  cleanup: Cleanup,
): Promise<OperatorStand> => {
  const directory = await mkdtemp(join(tmpdir(), 'bench-'));
  cleanup.add(() => rm(directory, { recursive: true, force: true }));
  const dynamoDB = await startDynamoDBLocal();
  cleanup.add(dynamoDB.stop);
  const remembered = await startRememberedScans(dynamoDB.url);
  cleanup.add(remembered.stop);
  const openSearch = await startOpenSearch({
    version: '3.8',
    compiler: 'full',
    heapMegabytes: HEAP_MEGABYTES,
  });
  cleanup.add(openSearch.stop);
  const aws = await startAwsStandIn();
  cleanup.add(aws.stop);
  const text = configurationText(openSearch.url, names);
  aws.parameters.set(PARAMETER, [text]);
  return {
    openSearchUrl: openSearch.url,
    dynamoDBUrl: dynamoDB.url,
    remembered,
    tables: parseConfiguration(text, PARAMETER, undefined).tables,
    programs: await buildPrograms(directory, join(import.meta.dirname, 'programs'), PROGRAMS),
    environment: { ...ENVIRONMENT, AWS_ENDPOINT_URL: aws.url },
    directory,
  };
};

const ENVIRONMENT = {
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_REGION: 'eu-west-1',
} as const;

const configurationText = (endpoint: string, names: readonly string[]): string =>
  JSON.stringify({
    endpoint,
    auth: { type: 'sigv4', service: 'es', region: 'eu-west-1' },
    dead_letter: { bucket: 'dead-letters', prefix: 'rejected/' },
    tables: Object.fromEntries(names.map((name) => [name, tableConfiguration(name)])),
  });

const tableConfiguration = (name: string) => ({
  index: name.toLowerCase(),
  keys: KEYS,
  settings: { number_of_shards: 1, number_of_replicas: 0 },
});
