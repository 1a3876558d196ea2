import { parseConfiguration } from '../../../function/src/configuration/parse.ts';
import type { Table } from '../../../function/src/core/table.ts';
import {
  type EventSourceMapping,
  startEventSourceMapping,
} from '../../local/event-source-mapping/event-source-mapping.ts';
import { createFunction, type LambdaFunction } from '../../local/lambda/function.ts';
import type { InvocationResult } from '../../local/lambda/invocation-result.ts';
import type { Cleanup } from '../cleanup.ts';
import { configurationText } from '../configuration.ts';
import { scenarioOf } from '../scenario.ts';
import { type ChangedTable, createChangedTable, type TableKind } from './changed-table.ts';
import { markersIn, note, type Passages } from './passages.ts';
import type { Stack } from './stack.ts';

/** A table, and the function that follows it. */
export interface FollowedTable {
  readonly changed: ChangedTable;
  /** The table as the function knows it. */
  readonly table: Table;
  readonly mapping: EventSourceMapping;
  /** The changes that are followed on their way. */
  readonly passages: Passages;
}

/** How a table is followed. */
export interface FollowSettings {
  readonly name: string;
  readonly kind: TableKind;
  readonly refresh: string;
  /** Where the function finds OpenSearch, if that is not OpenSearch itself. */
  readonly endpoint?: string;
}

/** Creates a table and follows it with a function of its own, set up as modules/sync does. */
export const followTable = async (
  stack: Stack,
  settings: FollowSettings,
  cleanup: Cleanup,
): Promise<FollowedTable> => {
  const changed = await createChangedTable(stack, settings, cleanup);
  const lambda = startFunction(stack, settings);
  cleanup.add(lambda.stop);
  const passages: Passages = new Map();
  const mapping = startEventSourceMapping({
    source: changed.source,
    invoke: (event) => invoke(lambda, event, passages),
    settings: MAPPING,
  });
  cleanup.add(mapping.stop);
  return { changed, table: tableIn(textOf(stack, settings), settings.name), mapping, passages };
};

// Those of modules/sync (contract §11).
const MAPPING = {
  startingPosition: 'TRIM_HORIZON',
  batchSize: 500,
  bisectBatchOnFunctionError: true,
  maximumRecordAgeInSeconds: 82_800,
  reportBatchItemFailures: true,
} as const;

const TIMEOUT_MILLISECONDS = 60_000;

const textOf = ({ openSearchUrl }: Stack, { name, refresh, endpoint }: FollowSettings): string => {
  const scenario = { ...scenarioOf(1, 'small'), name: name.toLowerCase(), table: name };
  return configurationText(endpoint ?? openSearchUrl, {
    contestant: 'followed',
    scenarios: [scenario],
    overrides: { refresh },
  });
};

const tableIn = (text: string, name: string): Table => {
  const table = parseConfiguration(text, name, undefined).tables.get(name);
  if (table === undefined) throw new Error(`there is no table ${name}`);
  return table;
};

const startFunction = (stack: Stack, settings: FollowSettings): LambdaFunction => {
  const parameter = `/bench/${settings.name}`;
  stack.aws.parameters.set(parameter, [textOf(stack, settings)]);
  return createFunction({
    directory: stack.functionDirectory,
    environment: {
      CONFIG_PARAMETER: parameter,
      AWS_ENDPOINT_URL: stack.aws.url,
      AWS_ENDPOINT_URL_DYNAMODB: stack.dynamoDBUrl,
    },
    timeoutMilliseconds: TIMEOUT_MILLISECONDS,
    concurrency: 1,
  });
};

const invoke = async (
  { invoke: call }: LambdaFunction,
  event: string,
  passages: Passages,
): Promise<InvocationResult> => {
  const markers = markersIn(event);
  note(passages, markers, 'delivered');
  const result = await call(event);
  if (result.kind === 'answered' && result.payload === '{"batchItemFailures":[]}')
    note(passages, markers, 'settled');
  return result;
};
