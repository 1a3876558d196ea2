import { startAwsStandIn } from '../../local/aws-stand-in.ts';
import { startDynamoDBLocal } from '../../local/dynamodb-local.ts';
import { extractFunction } from '../../local/lambda/extract-function.ts';
import { FUNCTION_ARCHIVE } from '../../local/lambda/function-archive.ts';
import { startOpenSearch } from '../../local/opensearch.ts';
import type { Cleanup } from '../cleanup.ts';

/** What a table is followed with from end to end: real servers, and the function as it was built. */
export interface Stack {
  readonly openSearchUrl: string;
  readonly dynamoDBUrl: string;
  readonly aws: Awaited<ReturnType<typeof startAwsStandIn>>;
  /** Where the function's archive was unpacked. */
  readonly functionDirectory: string;
}

const HEAP_MEGABYTES = 1024;

/** Starts the servers and unpacks the function. */
export const openStack = async (cleanup: Cleanup): Promise<Stack> => {
  const extracted = await extractFunction(FUNCTION_ARCHIVE);
  cleanup.add(extracted.remove);
  const openSearch = await startOpenSearch({
    version: '3.8',
    compiler: 'full',
    heapMegabytes: HEAP_MEGABYTES,
  });
  cleanup.add(openSearch.stop);
  const dynamoDB = await startDynamoDBLocal();
  cleanup.add(dynamoDB.stop);
  const aws = await startAwsStandIn();
  cleanup.add(aws.stop);
  return {
    openSearchUrl: openSearch.url,
    dynamoDBUrl: dynamoDB.url,
    aws,
    functionDirectory: extracted.directory,
  };
};
