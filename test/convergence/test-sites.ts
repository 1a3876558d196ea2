import { afterAll, beforeAll } from 'vitest';
import { extractFunction } from '../../scripts/local/lambda/extract-function.ts';
import { FUNCTION_ARCHIVE } from '../../scripts/local/lambda/function-archive.ts';
import { sharedServer } from '../support/shared-server.ts';
import { openSites, type Site } from './site.ts';

/** The sites of a test file, between the servers that all files share and the built function. */
export const testSites = (): ((version: '3.8' | '2.19') => Promise<Site>) => {
  let opened: ((version: '3.8' | '2.19') => Promise<Site>) | undefined;
  let close = async (): Promise<void> => undefined;
  beforeAll(async () => {
    const { directory, remove } = await extractFunction(FUNCTION_ARCHIVE);
    const dynamoDBUrl = await sharedServer('dynamodb-local');
    const sites = await openSites({ dynamoDBUrl, functionDirectory: directory });
    close = async () => void (await Promise.all([remove(), sites.stop()]));
    opened = async (version) =>
      sites.with({ url: await sharedServer(`opensearch-${version}`), version });
  });
  afterAll(() => close());
  return (version) => {
    if (opened === undefined) throw new Error('the sites are open during tests only');
    return opened(version);
  };
};
