import { afterAll, beforeAll } from 'vitest';
import { extractFunction } from '../../scripts/local/lambda/extract-function.ts';
import { FUNCTION_ARCHIVE } from '../../scripts/local/lambda/function-archive.ts';
import { sharedServer } from '../support/shared-server.ts';
import { openSites, type Site } from './site.ts';

type Version = Site['node']['version'];

/** The sites of a test file, between the servers that all files share and the built function. */
export const testSites = (...versions: readonly Version[]): ((version: Version) => Site) => {
  const opened = new Map<Version, Site>();
  const ends: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    const { directory, remove } = await extractFunction(FUNCTION_ARCHIVE);
    ends.push(remove);
    const dynamoDBUrl = await sharedServer('dynamodb-local');
    const sites = await openSites({ dynamoDBUrl, functionDirectory: directory });
    ends.push(sites.stop);
    for (const version of versions) {
      const url = await sharedServer(`opensearch-${version}`);
      opened.set(version, sites.with({ url, version }));
    }
  });
  afterAll(async () => void (await Promise.all(ends.map((end) => end()))));
  return (version) => {
    const site = opened.get(version);
    if (site === undefined) throw new Error(`there is no site with OpenSearch ${version}`);
    return site;
  };
};
