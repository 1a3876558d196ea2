import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSites, type SearchNode, type Site } from '../../test/convergence/site.ts';
import type { Cleanup } from '../bench/cleanup.ts';
import { startDynamoDBLocal } from '../local/dynamodb-local.ts';
import { extractFunction } from '../local/lambda/extract-function.ts';
import { FUNCTION_ARCHIVE } from '../local/lambda/function-archive.ts';
import { type OpenSearch, type OpenSearchVersion, startOpenSearch } from '../local/opensearch.ts';

/** Where histories happen one after the other. */
export interface Lane {
  readonly site: Site;
  readonly isRestarting: boolean;
}

/** What the lanes of a run are. */
export interface StandParts {
  readonly versions: readonly OpenSearchVersion[];
  /** Lanes that share a node, for each version. */
  readonly shared: number;
  /** Lanes with a node of their own, which they restart, for each version. */
  readonly restarting: number;
  readonly archive: string | undefined;
}

/** Starts the servers, and opens the lanes between them. */
export const openLanes = async (parts: StandParts, cleanup: Cleanup): Promise<readonly Lane[]> => {
  const { directory, remove } = await extractFunction(parts.archive ?? FUNCTION_ARCHIVE);
  cleanup.add(remove);
  const dynamoDB = await startDynamoDBLocal();
  cleanup.add(dynamoDB.stop);
  const sites = await openSites({ dynamoDBUrl: dynamoDB.url, functionDirectory: directory });
  cleanup.add(sites.stop);
  const lanes: Lane[] = [];
  for (const version of parts.versions) {
    for (let lane = 0; lane < parts.restarting; lane++)
      lanes.push({ site: sites.with(await startOwnNode(version, cleanup)), isRestarting: true });
    if (parts.shared === 0) continue;
    const { url, stop } = await startOpenSearch({ version });
    cleanup.add(stop);
    const site = sites.with({ url, version });
    lanes.push(...Array.from({ length: parts.shared }, () => ({ site, isRestarting: false })));
  }
  return lanes;
};

/** A node that keeps its data and its port when it is restarted. */
const startOwnNode = async (version: OpenSearchVersion, cleanup: Cleanup): Promise<SearchNode> => {
  const directory = await mkdtemp(join(tmpdir(), 'prove-'));
  cleanup.add(() => rm(directory, { recursive: true, force: true }));
  let node: OpenSearch = await startOpenSearch({ version, directory });
  cleanup.add(() => node.stop());
  const { url } = node;
  const settings = { 'http.port': Number(new URL(url).port) };
  return {
    url,
    version,
    restart: async (how) => {
      if (how === 'killed') process.kill(node.processId, 'SIGKILL');
      await node.stop();
      node = await startOpenSearch({ version, directory, settings });
    },
  };
};
