import fc from 'fast-check';
import { afterAll, beforeAll, test } from 'vitest';
import { extractFunction } from '../../scripts/local/lambda/extract-function.ts';
import { FUNCTION_ARCHIVE } from '../../scripts/local/lambda/function-archive.ts';
import { sharedServer } from '../support/shared-server.ts';
import { histories } from './arbitraries.ts';
import { runHistory } from './run-history.ts';
import { openSites, type Site } from './site.ts';
import { newTally } from './tally.ts';

let site: Site;
const tally = newTally();

beforeAll(async () => {
  const { directory } = await extractFunction(FUNCTION_ARCHIVE);
  const sites = await openSites({
    dynamoDBUrl: await sharedServer('dynamodb-local'),
    functionDirectory: directory,
  });
  site = sites.with({ url: await sharedServer('opensearch-3.8'), version: '3.8' });
});
afterAll(() => {
  console.log(tally.inGroup('fault'));
});

test('whatever happens, the index equals the table in the end', async () => {
  await fc.assert(
    fc.asyncProperty(histories({ steps: 60, mayRestart: false }), (history) =>
      runHistory(history, site, tally),
    ),
    { numRuns: 1, endOnFailure: true },
  );
}, 300_000);
