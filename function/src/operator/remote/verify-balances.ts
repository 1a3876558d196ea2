import { IdBalance } from '../../core/id-balance.ts';
import { fewerDocuments } from '../verify/doubt.ts';
import { inLanes } from '../verify/in-lanes.ts';
import type { RunTools } from './command-work.ts';
import { everyDonePart } from './phase-parts.ts';
import type { VerifyCheckpoint } from './verify-checkpoint.ts';

/**
 * Adds up, for each table, the balances of all its parts, and stores the sum.
 *
 * @throws Error when fewer documents were listed than found in an index that may have been replaced
 */
export const sumBalances = async (
  tools: RunTools,
  confirmed: ReadonlySet<string>, // tables whose index is told to be the same
): Promise<void> => {
  const keys = await balanceKeys(tools);
  for (const { table, index } of tools.run.tables) {
    const sum = new IdBalance(tools.run.balance_key);
    await inLanes(keys.get(table) ?? [], LANES, async (key) => {
      sum.addBytes(await balanceAt(key, tools));
    });
    if (!confirmed.has(table) && sum.isShort()) throw new Error(fewerDocuments({ index }));
    await tools.store.writeBytes(sumKey(table), sum.toBytes());
  }
};

const LANES = 16; // each holds up to 1.4 MB

/** The bytes of a table's summed balance: none where it is even. */
export const summedBalance = (table: string, tools: Pick<RunTools, 'store'>): Promise<Uint8Array> =>
  balanceAt(sumKey(table), tools);

const sumKey = (table: string): string => `phases/documents/${table}.balance`;

const balanceKeys = async (tools: RunTools): Promise<ReadonlyMap<string, readonly string[]>> => {
  const keys = new Map<string, string[]>(); // by table
  for (const phase of ['items', 'documents'] as const) {
    await everyDonePart<unknown, VerifyCheckpoint<unknown>>(phase, tools, ({ table }, state) => {
      const key = state.checkpoint.balance ?? undefined;
      if (key !== undefined) keys.set(table, [...(keys.get(table) ?? []), key]);
    });
  }
  return keys;
};

/** The bytes of a balance that was stored under this key. @throws Error when they are gone */
export const balanceAt = async (
  key: string,
  { store }: Pick<RunTools, 'store'>,
): Promise<Uint8Array> => {
  const bytes = await store.readBytes(key);
  if (bytes !== undefined) return bytes;
  throw new Error(`The balance of ids ${store.locate(key).key} is gone: verify again.`);
};
