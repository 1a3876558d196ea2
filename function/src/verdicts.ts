import { type Decided, decide, type Judged, type Refusal } from './core/judge.ts';
import type { Operation, Reread } from './core/operation.ts';
import type { Table } from './core/table.ts';
import { type Ledger, reject, settle } from './ledger.ts';
import type { Log } from './log.ts';
import { OUT_OF_TIME } from './opensearch/bulk.ts';
import type { IndexPreparation } from './opensearch/index-preparation.ts';

/** What is left after a round. */
export type Left = { readonly again: readonly Operation[]; readonly rereads: readonly Reread[] };

/** What is left, and the operations that were refused alone when nothing spoke for the others yet. */
export type LeftAndDoubted = Left & { readonly doubted: readonly Judged[] };

/** What verdicts are entered into. */
export type VerdictTools = {
  readonly ledger: Ledger;
  readonly indexes: IndexPreparation;
  readonly log: Log;
};

/** Enters what is decided into the ledger; the rest is what is left to do. */
export const enterVerdicts = (
  judged: readonly Judged[],
  { ledger, indexes, log }: VerdictTools,
): LeftAndDoubted => {
  const again: Operation[] = [];
  const rereads: Reread[] = [];
  const hopeless = new Set<Operation>();
  for (const decided of decideByTable(judged)) {
    const { operation, verdict } = decided;
    if (verdict.kind !== 'written') explain(decided, log);
    switch (verdict.kind) {
      case 'written':
      case 'superseded':
        settle(ledger, operation, verdict.kind);
        break;
      case 'rejected':
        reject(ledger, operation, verdict.refusal);
        break;
      case 'reread':
        rereads.push(rereadOf(operation, verdict.version));
        break;
      case 'hopeless':
        note(verdict.refusal, operation.table, ledger);
        hopeless.add(operation);
        break;
      case 'index_missing':
      case 'again':
        note(verdict.refusal, operation.table, ledger);
        if (verdict.kind === 'index_missing') indexes.forget(operation.table);
        again.push(operation);
    }
  }
  const doubted = judged.filter(
    ({ operation, judgement }) => judgement.kind === 'refused_alone' && hopeless.has(operation),
  );
  return { again, rereads, doubted };
};

/** For whoever looks for one document: what OpenSearch said to it. */
const explain = ({ operation: { table, id, action }, verdict }: Decided, log: Log): void =>
  log.debug('a document was not written', {
    table: table.name,
    id,
    operation: action,
    verdict: verdict.kind,
    ...('refusal' in verdict && { status: verdict.refusal.status, type: verdict.refusal.type }),
  });

/** Notes why records of a table are not settled; that time was up says less than what came before. */
const note = (refusal: Refusal, table: Table, { refusals }: Ledger): void => {
  if (refusal !== OUT_OF_TIME.refusal || !refusals.has(table)) refusals.set(table, refusal);
};

const decideByTable = (judged: readonly Judged[]): readonly Decided[] =>
  [...Map.groupBy(judged, ({ operation }) => operation.table).values()].flatMap(decide);

const rereadOf = ({ table, id, changes }: Operation, version: bigint): Reread => ({
  kind: 'reread',
  table,
  id,
  changes,
  version,
});
