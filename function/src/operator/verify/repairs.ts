import { patienceOf } from '../patience.ts';
import { type RepairOutcome, repairDocuments } from '../repair.ts';
import { causeOf } from '../replay/cause.ts';
import { type Difference, deletionOf, type Unrepaired, type VerifyTools } from './verification.ts';

/** What a repair has come to; of a difference that is not in it, that time was up before it could be tried enough. */
export type Repaired = ReadonlyMap<Difference, 'repaired' | Unrepaired>;

/** Makes the documents of differences what the table holds, as far as that can be done. */
export const repairDifferences = async (
  differences: readonly Difference[],
  tools: VerifyTools,
): Promise<Repaired> => {
  const { signal, patienceMilliseconds } = tools;
  const suspects = differences.flatMap(({ table, id, key }) => (key ? [{ table, id, key }] : []));
  const patience = patienceOf(patienceMilliseconds);
  const outcomes = await repairDocuments(suspects, { ...tools, patience });
  const repaired = new Map<Difference, 'repaired' | Unrepaired>();
  for (const difference of differences) {
    const outcome = outcomes.get(difference.id);
    if (outcome?.kind === 'written') repaired.set(difference, 'repaired');
    else if (outcome?.kind === 'unsettled' && signal.aborted) continue;
    else {
      const reason = outcome ? reasonOf(outcome, difference) : unrepairable(difference);
      repaired.set(difference, { difference, ...reason });
    }
  }
  return repaired;
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
