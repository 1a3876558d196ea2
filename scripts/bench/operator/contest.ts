import { join } from 'node:path';
import { grouped } from '../../terminal/figures.ts';
import type { Cleanup } from '../cleanup.ts';
import { rotated } from '../statistics.ts';
import { writeBodies } from './bodies.ts';
import {
  backfill,
  MEASURED,
  type Measured,
  type Run,
  rawBulk,
  rawScan,
  type Source,
  verify,
} from './measure.ts';
import { type OperatorStand, openOperatorStand } from './stand.ts';
import { fillTable } from './table.ts';

/** How much is measured. */
export interface OperatorSettings {
  /** Items of the table by which speed is measured. */
  readonly items: number;
  /** Items of the two tables by which memory is compared. */
  readonly fewItems: number;
  readonly manyItems: number;
  readonly rounds: number;
  readonly onProgress: (line: string) => void;
}

/** One run of what is measured. */
export interface OperatorSample extends Run {
  readonly source: Source;
  readonly round: number;
  readonly measured: Measured;
}

/** Peak memory of both commands, in bytes, by the number of items. */
export interface OperatorMemory {
  readonly items: number;
  readonly backfill: number;
  readonly verify: number;
  /** How long they took, in milliseconds, with DynamoDB Local on the same cores. */
  readonly backfillMilliseconds: number;
  readonly verifyMilliseconds: number;
}

/** What the operator commands came to. */
export interface OperatorResult {
  readonly settings: OperatorSettings;
  readonly samples: readonly OperatorSample[];
  readonly memory: readonly OperatorMemory[];
}

/** Measures the operator commands and their floors. */
export const benchOperator = async (
  settings: OperatorSettings,
  cleanup: Cleanup,
): Promise<OperatorResult> => {
  const { items, fewItems, manyItems, onProgress } = settings;
  const nameOf = (count: number): string => `Items-${count}`;
  onProgress('starting DynamoDB Local and OpenSearch');
  const names = [items, fewItems, manyItems].map(nameOf);
  const stand = await openOperatorStand(names, cleanup);
  onProgress(`writing ${grouped(items)} items`);
  await fillTable(stand.dynamoDBUrl, nameOf(items), items);
  const samples: OperatorSample[] = [];
  for (const source of ['live', 'remembered'] as const) {
    samples.push(...(await runRounds(stand, source, settings)));
  }
  const memory: OperatorMemory[] = [];
  for (const count of [fewItems, manyItems]) {
    memory.push(await measureMemory(stand, nameOf(count), count, settings));
  }
  return { settings, samples, memory };
};

const runRounds = async (
  stand: OperatorStand,
  source: Source,
  { items, rounds, onProgress }: OperatorSettings,
): Promise<readonly OperatorSample[]> => {
  const table = tableOf(stand, `Items-${items}`);
  const bodiesPath = join(stand.directory, 'bodies');
  await writeBodies(stand.dynamoDBUrl, table, bodiesPath);
  const run: Readonly<Record<Measured, () => Promise<Run>>> = {
    scan: () => rawScan(stand, table, source),
    bulk: () => rawBulk(stand, table, bodiesPath),
    backfill: () => backfill(stand, table, { source, items }),
    verify: () => verify(stand, table, source),
  };
  const samples: OperatorSample[] = [];
  for (let round = -1; round < rounds; round++) {
    onProgress(`${source}: ${round < 0 ? 'warming up' : `round ${round + 1} of ${rounds}`}`);
    for (const measured of round < 0 ? MEASURED : rotated(MEASURED, round)) {
      const sample = { source, round, measured, ...(await run[measured]()) };
      if (round >= 0) samples.push(sample);
    }
  }
  return samples;
};

const measureMemory = async (
  stand: OperatorStand,
  name: string,
  items: number,
  { onProgress }: OperatorSettings,
): Promise<OperatorMemory> => {
  onProgress(`memory: writing ${grouped(items)} items`);
  const table = tableOf(stand, name);
  await fillTable(stand.dynamoDBUrl, name, items);
  onProgress(`memory: ${grouped(items)} items`);
  const written = await backfill(stand, table, { source: 'live', items });
  const verified = await verify(stand, table, 'live');
  return {
    items,
    backfill: written.peakBytes ?? Number.NaN,
    verify: verified.peakBytes ?? Number.NaN,
    backfillMilliseconds: written.milliseconds,
    verifyMilliseconds: verified.milliseconds,
  };
};

const tableOf = ({ tables }: OperatorStand, name: string) => {
  const table = tables.get(name);
  if (table === undefined) throw new Error(`there is no table ${name}`);
  return table;
};
