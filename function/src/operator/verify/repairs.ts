import type { Refusal } from '../../core/judge.ts';
import { patienceOf } from '../patience.ts';
import { type RepairOutcome, repairDocuments } from '../repair.ts';
import { type Difference, deletionOf, type VerifyTools } from './verification.ts';

/** Makes the documents of differences what the table holds, and tells of those that cannot be mended. */
export const repairDifferences = async (
  differences: readonly Difference[],
  tools: VerifyTools,
): Promise<void> => {
  const { counts, onUnrepaired } = tools;
  const suspects = differences.flatMap(({ table, id, key }) => (key ? [{ table, id, key }] : []));
  const patience = patienceOf();
  const outcomes = await repairDocuments(suspects, { ...tools, patience });
  for (const difference of differences) {
    const outcome = outcomes.get(difference.id);
    if (outcome?.kind === 'written') counts.repaired++;
    else {
      counts.unrepaired++;
      onUnrepaired({
        difference,
        refusal: outcome ? refusalOf(outcome) : unrepairable(difference),
      });
    }
  }
};

type Reason = Pick<Refusal, 'type' | 'reason'>;

const refusalOf = (outcome: Exclude<RepairOutcome, { kind: 'written' }>): Reason | undefined =>
  outcome.kind === 'rejected' ? outcome.rejection.error : outcome.refusal;

const unrepairable = (difference: Difference): Reason =>
  difference.routing === undefined
    ? {
        type: 'unknown_key',
        reason: 'no item of the table can have made this document: delete it by its id',
      }
    : {
        type: 'unreachable',
        reason: `no item's document has a routing: ${deletionOf(difference)}`,
      };
