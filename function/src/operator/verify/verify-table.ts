import { randomBytes, randomInt } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { IdBalance } from '../../core/id-balance.ts';
import type { Table } from '../../core/table.ts';
import { askIdentity, confirmMemory } from '../ask-identity.ts';
import { patienceOf } from '../patience.ts';
import { lookUpDocuments, weighDocuments } from './document-side.ts';
import { partsOfIndex } from './index-parts.ts';
import { type IndexWatch, watchIndex } from './index-watch.ts';
import { compareItems, type Segments } from './item-side.ts';
import { refreshIndex } from './refresh.ts';
import { repairDifferences } from './repairs.ts';
import { lookAgain } from './second-look.ts';
import { type LookAgain, type SuspicionQueue, suspicionQueue } from './suspicion-queue.ts';
import type { Difference, Verification, VerifyOptions, VerifyTools } from './verification.ts';

/**
 * Compares a table with its index while both change: every item with its document, and every document
 * with what was found for the items. What differs is looked at again until a change on its way would
 * have arrived. Memory does not grow with the table.
 *
 * @throws when the one or the other could not be read to its end; what was found until then was told
 */
export const verifyTable = async (
  table: Table,
  options: VerifyOptions,
  tools: VerifyTools,
): Promise<void> => {
  const failure = new AbortController();
  const signal = AbortSignal.any([tools.signal, failure.signal]);
  setMaxListeners(0, signal); // each segment listens, and each look; Node.js 20 would suspect a leak
  const verification = openVerification(table, options, { ...tools, signal });
  if (options.isRepairing) await confirmMemoryOf(table, verification.tools);
  const { queue } = verification;
  const watch = watchIndex(table, verification.tools);
  const work = [compareBothSides(verification, watch).finally(queue.close), queue.run()];
  try {
    await Promise.all(work);
    await watch();
  } catch (error) {
    failure.abort();
    await Promise.allSettled(work);
    throw error;
  }
};

const confirmMemoryOf = async ({ index }: Table, tools: VerifyTools): Promise<void> => {
  const patience = patienceOf(tools.patienceMilliseconds);
  confirmMemory(index, await askIdentity(index, { ...tools, patience }));
};

const openVerification = (
  table: Table,
  options: VerifyOptions,
  tools: VerifyTools,
): Verification & { readonly queue: SuspicionQueue } => {
  const { counts, signal } = tools;
  const report = (difference: Difference) => {
    counts[difference.kind]++;
    tools.onDifference(difference);
  };
  const conclude = async (differences: readonly Difference[]) => {
    for (const difference of differences) report(difference);
    if (options.isRepairing && differences.length > 0) await repairDifferences(differences, tools);
  };
  const look: LookAgain = async (due) => {
    const { again, differences, changing } = await lookAgain(due, { table, tools });
    counts.changing += changing;
    await conclude(differences);
    return again;
  };
  const queue = suspicionQueue(look, {
    delaySeconds: options.delaySeconds,
    lanes: options.workers,
    signal,
    onWaiting: (count) => {
      counts.waiting = count;
    },
  });
  return { table, options, tools, suspect: queue.add, report, conclude, queue };
};

const compareBothSides = async (verification: Verification, watch: IndexWatch): Promise<void> => {
  const { table, options, tools } = verification;
  const { samplePercent } = options;
  const key = randomBytes(16).toString('hex');
  const balance = new IdBalance(key);
  await watch();
  await compareItems(segmentsOf(options), balance, verification);
  const isSameIndex = await watch();
  tools.counts.phase = 'documents';
  await refreshIndex(table, tools);
  const parts = await partsOfIndex(table, tools);
  await weighDocuments(parts, { key, balance }, verification);
  if (!isSameIndex && balance.isShort()) throw new Error(fewerDocuments(table));
  if (samplePercent !== undefined) {
    const isChosen = () => Math.random() * 100 < samplePercent;
    await lookUpDocuments(parts, isChosen, verification);
  } else if (!balance.isEven()) {
    await lookUpDocuments(parts, (id) => balance.isUnevenAt(id), verification);
  }
  tools.counts.phase = 'suspects';
};

// In the same index, their items were deleted meanwhile.
const fewerDocuments = ({ index }: Table): string =>
  `Whether they are equal could not be told: fewer documents of ${index} were listed than were found, and without the right to GET /${index} nobody knows whether it was replaced meanwhile. Verify again, best with that right`;

// Of the many segments of a sample each is small, so that it costs what it says; a segment takes one request at least.
const SAMPLE_SEGMENTS = 1000;

const segmentsOf = ({ workers, samplePercent }: VerifyOptions): Segments => {
  if (samplePercent === undefined) return { chosen: [...Array(workers).keys()], total: workers };
  const wanted = Math.max(1, Math.round((samplePercent / 100) * SAMPLE_SEGMENTS));
  const chosen = new Set<number>();
  while (chosen.size < wanted) chosen.add(randomInt(SAMPLE_SEGMENTS));
  return { chosen: [...chosen], total: SAMPLE_SEGMENTS };
};
