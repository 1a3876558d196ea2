import type { Table } from '../../function/src/core/table.ts';
import type { EventSourceMapping } from '../local/event-source-mapping/event-source-mapping.ts';
import { connectDynamoDB } from './dynamodb.ts';
import type { Sides } from './equality.ts';
import { createLatencies, type Latencies } from './latencies.ts';
import { movies } from './movies.ts';
import { connectOpenSearch } from './opensearch.ts';
import { type OfferedCommands, offerOperatorCommands } from './operator-commands.ts';
import { addOutcomes, readMetricLine } from './outcome-counts.ts';
import { quakes } from './quakes.ts';
import type { Resources } from './resources.ts';
import type { SampleTable } from './sample-table.ts';
import { type Stack, startStack } from './stack.ts';
import { newTableView, type Store } from './store.ts';
import { configureFunction, createSyncFunction, followStream } from './synchronization.ts';

/** A table that the function follows. */
export interface FollowedTable {
  readonly sample: SampleTable;
  /** The table as the function knows it. */
  readonly table: Table;
  readonly mapping: EventSourceMapping;
  readonly latencies: Latencies;
}

/** Everything that runs, with empty tables. */
export interface LocalSync {
  readonly sides: Sides;
  readonly openSearchUrl: string;
  readonly tables: readonly FollowedTable[];
  readonly store: Store;
  /** Operator commands for all of it. */
  readonly commands: OfferedCommands;
}

/** Starts the servers, creates the tables, and lets the function follow them. */
export const startLocalSync = async (resources: Resources, store: Store): Promise<LocalSync> => {
  const stack = await startStack(resources, store);
  const { dynamodbUrl, openSearchUrl } = stack;
  const sides = {
    dynamodb: connectDynamoDB(dynamodbUrl),
    openSearch: connectOpenSearch(openSearchUrl),
  };
  const tables = await followTables([movies(), quakes()], { stack, sides, resources, store });
  const commands = await offerOperatorCommands(stack, resources);
  return { sides, openSearchUrl, tables, store, commands };
};

interface Surroundings extends Pick<LocalSync, 'sides' | 'store'> {
  readonly stack: Stack;
  readonly resources: Resources;
}

const followTables = async (
  samples: readonly SampleTable[],
  { stack, sides, resources, store }: Surroundings,
): Promise<readonly FollowedTable[]> => {
  const configured = configureFunction(stack, samples);
  const lambda = createSyncFunction(stack, samples.length, (line) => read(line, store));
  resources.add(lambda.stop);
  store.update({ tables: samples.map(({ name }) => newTableView(name)) });
  const follow = async (sample: SampleTable): Promise<FollowedTable> => {
    const table = configured.get(sample.name);
    if (table === undefined) throw new Error(`${sample.name} is not in the configuration.`);
    const streamArn = await sides.dynamodb.createTable(sample.name, sample.keys);
    const mapping = followStream(stack, streamArn, lambda, resources);
    return { sample, table, mapping, latencies: createLatencies() };
  };
  return Promise.all(samples.map(follow));
};

const read = (line: string, store: Store): void => {
  const outcomes = readMetricLine(line);
  if (outcomes === undefined) store.update({ notice: line });
  else
    store.updateTable(outcomes.table, ({ counts }) => ({
      counts: addOutcomes(counts, outcomes.counts),
    }));
};
