import type { Table } from '../../core/table.ts';
import { askIdentity, confirmMemory } from '../ask-identity.ts';
import { OpenSearchRefusal } from '../open-search-refusal.ts';
import { type RepairOutcome, repairDocuments } from '../repair.ts';
import type { Letter, Stray } from './letter.ts';
import type { Replay } from './replay.ts';

/** What became of documents, by table and id; those of tables that are stuck are not there. */
export type Outcomes = ReadonlyMap<Table, ReadonlyMap<string, RepairOutcome>>;

/**
 * Settles letters, those of one key by one look at the table; a table for which that fails is stuck.
 *
 * @throws Error where an index forgets deletions too soon
 */
export const settleLetters = async (
  letters: readonly (Letter | Stray)[],
  replay: Replay,
): Promise<Outcomes> => {
  const { tools, patience, stuck } = replay;
  const outcomes = new Map<Table, ReadonlyMap<string, RepairOutcome>>();
  const known = letters.filter((letter) => letter.kind === 'letter');
  for (const [table, ofTable] of Map.groupBy(known, (letter) => letter.table)) {
    if (stuck.has(table)) continue;
    const byId = new Map(ofTable.map((letter) => [letter.id, letter]));
    patience.renew(); // for this table; how long another one stood still is no matter
    if (!(await canBeWritten(table, replay))) continue;
    const settled = await repairDocuments([...byId.values()], { ...tools, patience });
    outcomes.set(table, settled);
    const unsettled = [...settled.values()].find((outcome) => outcome.kind === 'unsettled');
    if (unsettled !== undefined && !tools.signal.aborted) stuck.set(table, unsettled.refusal);
  }
  return outcomes;
};

/** Whether the index can be asked how long it remembers deletions; where it cannot, the table is stuck. */
const canBeWritten = async (
  table: Table,
  { tools, patience, stuck, confirmed }: Replay,
): Promise<boolean> => {
  if (confirmed.has(table)) return true;
  try {
    confirmMemory(table.index, await askIdentity(table.index, { ...tools, patience }));
    confirmed.add(table);
    return true;
  } catch (error) {
    if (!(error instanceof OpenSearchRefusal)) throw error;
    stuck.set(table, error.refusal);
    return false;
  }
};
