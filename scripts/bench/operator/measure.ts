import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Table } from '../../../function/src/core/table.ts';
import { indexDefinition } from '../../../function/src/opensearch/index-definition.ts';
import { outputOf } from '../../local/command.ts';
import { ask, countDocuments } from '../indexes.ts';
import { type OperatorStand, PARAMETER } from './stand.ts';

/** Segments of a scan, and requests at once: the same for the commands and for the floors. */
export const SEGMENTS = 4;

/** Where a command or floor reads its items. */
export type Source = 'live' | 'remembered';

/** What is measured: two floors, and two commands. */
export const MEASURED = ['scan', 'bulk', 'backfill', 'verify'] as const;
export type Measured = (typeof MEASURED)[number];

/** What one run came to. */
export interface Run {
  readonly milliseconds: number;
  /** The process's memory at its peak, in bytes; undefined of floors. */
  readonly peakBytes: number | undefined;
}

const COMMAND = join(import.meta.dirname, '../../../dist/dynamodb-to-opensearch.cjs');

/** Scans a table and looks at nothing. */
export const rawScan = async (stand: OperatorStand, table: Table, source: Source): Promise<Run> =>
  floor([stand.programs('raw-scan'), urlOf(stand, source), table.name]);

/** Loads ready-made bodies into an empty index. */
export const rawBulk = async (
  stand: OperatorStand,
  table: Table,
  bodiesPath: string,
): Promise<Run> => {
  await emptyIndex(stand, table);
  const url = `${stand.openSearchUrl}/${table.index}/_bulk?filter_path=errors`;
  return floor([stand.programs('raw-bulk'), url, bodiesPath]);
};

const floor = async (programArguments: readonly string[]): Promise<Run> => {
  const output = await outputOf({
    program: process.execPath,
    arguments: [...programArguments, String(SEGMENTS)],
    environment: process.env,
    missing: 'Node is missing',
  });
  return { milliseconds: Number(output), peakBytes: undefined };
};

/** Runs `backfill` into an empty index, and sees that it holds what it should. */
export const backfill = async (
  stand: OperatorStand,
  table: Table,
  { source, items }: { readonly source: Source; readonly items: number },
): Promise<Run> => {
  await emptyIndex(stand, table);
  const run = await command(stand, table, source, 'backfill');
  const documents = await countDocuments(stand.openSearchUrl, table.index);
  if (documents !== items)
    throw new Error(`backfill left ${documents} documents of ${items} items`);
  return run;
};

/** Runs `verify` over an index that is equal to its table; the command fails if it finds another. */
export const verify = (stand: OperatorStand, table: Table, source: Source): Promise<Run> =>
  command(stand, table, source, 'verify');

/** The whole command, from the start of its process to its end. */
const command = async (
  stand: OperatorStand,
  table: Table,
  source: Source,
  name: 'backfill' | 'verify',
): Promise<Run> => {
  const peakPath = join(stand.directory, 'peak');
  const options = ['--segments', String(SEGMENTS), '--parameter', PARAMETER, '--json'];
  const state = name === 'backfill' ? ['--state', join(stand.directory, 'state')] : [];
  const started = performance.now();
  await outputOf({
    program: process.execPath,
    arguments: [
      '--require',
      stand.programs('peak'),
      COMMAND,
      name,
      table.name,
      ...options,
      ...state,
    ],
    environment: {
      ...stand.environment,
      AWS_ENDPOINT_URL_DYNAMODB: urlOf(stand, source),
      BENCH_PEAK_FILE: peakPath,
    },
    missing: 'Node is missing',
  });
  const milliseconds = performance.now() - started;
  return { milliseconds, peakBytes: Number(await readFile(peakPath, 'utf8')) };
};

const urlOf = ({ dynamoDBUrl, remembered }: OperatorStand, source: Source): string =>
  source === 'live' ? dynamoDBUrl : remembered.url;

/** Makes a table's index anew, with nothing in it. */
export const emptyIndex = async ({ openSearchUrl }: OperatorStand, table: Table): Promise<void> => {
  await ask(`${openSearchUrl}/${table.index}?ignore_unavailable=true`, 'DELETE');
  await ask(`${openSearchUrl}/${table.index}`, 'PUT', indexDefinition(table));
};
