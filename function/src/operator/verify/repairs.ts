import { patienceOf } from '../patience.ts';
import { type RepairOutcome, repairDocuments } from '../repair.ts';
import { causeOf } from '../replay/cause.ts';
import { type Difference, deletionOf, type Unrepaired, type VerifyTools } from './verification.ts';

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
      const reason = outcome ? reasonOf(outcome, difference) : unrepairable(difference);
      onUnrepaired({ difference, ...reason });
    }
  }
};

type Reason = Pick<Unrepaired, 'refusal' | 'cause'>;

const reasonOf = (
  outcome: Exclude<RepairOutcome, { kind: 'written' }>,
  { table }: Difference,
): Reason => {
  if (outcome.kind === 'unsettled') return { refusal: outcome.refusal };
  const { of, status, error } = outcome.rejection;
  const image = of.kind === 'change' ? of.image : undefined;
  return { refusal: error, cause: causeOf({ table, status, ...error, image }) };
};

const unrepairable = (difference: Difference): Reason => ({
  refusal:
    difference.routing === undefined
      ? {
          type: 'unknown_key',
          reason: 'no item of the table can have made this document: delete it by its id',
        }
      : {
          type: 'unreachable',
          reason: `no item's document has a routing: ${deletionOf(difference)}`,
        },
});
