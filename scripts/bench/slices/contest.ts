import { grouped } from '../../terminal/figures.ts';
import type { Cleanup } from '../cleanup.ts';
import { emptyIndex } from '../operator/measure.ts';
import { openOperatorStand } from '../operator/stand.ts';
import { fillTable } from '../operator/table.ts';
import { type PhaseTime, startOperate, timeRun } from './measure.ts';

/** How much is measured. */
export interface SlicesSettings {
  readonly items: number;
  readonly rounds: number;
  readonly onProgress: (line: string) => void;
}

/** The phases of a backfill and of a verification, by round. */
export interface SlicesResult {
  readonly settings: SlicesSettings;
  readonly rounds: readonly (readonly PhaseTime[])[];
}

const TABLE = 'Items';

/** Measures what one slice at a time does, in one process with the memory of a function. */
export const benchSlices = async (
  settings: SlicesSettings,
  cleanup: Cleanup,
): Promise<SlicesResult> => {
  const { items, onProgress } = settings;
  onProgress('starting DynamoDB Local and OpenSearch');
  const stand = await openOperatorStand([TABLE], cleanup);
  onProgress(`writing ${grouped(items)} items`);
  await fillTable(stand.dynamoDBUrl, TABLE, items);
  const operate = startOperate(stand);
  cleanup.add(operate.stop);
  const table = stand.tables.get(TABLE);
  if (table === undefined) throw new Error(`there is no table ${TABLE}`);
  const rounds: (readonly PhaseTime[])[] = [];
  for (let round = -1; round < settings.rounds; round++) {
    onProgress(round < 0 ? 'warming up' : `round ${round + 1} of ${settings.rounds}`);
    await emptyIndex(stand, table);
    const order = { tables: [TABLE], segments: 1 };
    const times = [
      ...(await timeRun(operate, `backfill-${round}`, { command: 'backfill', ...order })),
      ...(await timeRun(operate, `verify-${round}`, { command: 'verify', ...order })),
    ];
    if (round >= 0) rounds.push(times);
  }
  return { settings, rounds };
};
