import { randomBytes } from 'node:crypto';
import { IdBalance } from '../../core/id-balance.ts';
import type { Table } from '../../core/table.ts';
import { addTo } from '../add-counts.ts';
import { askIdentity, confirmMemory } from '../ask-identity.ts';
import { patienceOf } from '../patience.ts';
import { beginningOf, compareSegment, type SegmentPosition } from './compare-segment.ts';
import { closeDocuments, type DocumentReading, firstPosition } from './document-pages.ts';
import { doubts, fewerDocuments } from './doubt.ts';
import { inLanes } from './in-lanes.ts';
import { type IndexPart, partsOfIndex } from './index-parts.ts';
import { type IndexWatch, watchIndex } from './index-watch.ts';
import { lookUpDocuments } from './look-up-documents.ts';
import { openVerification, whileLookingAgain } from './open-verification.ts';
import { refreshIndex } from './refresh.ts';
import { chooseSegments } from './sample.ts';
import type { Verification, VerifyOptions, VerifyTools } from './verification.ts';
import { weighDocuments } from './weigh-documents.ts';

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
  const verification = openVerification(table, { ...tools, options });
  if (options.isRepairing) await confirmMemoryOf(table, verification.tools);
  const watch = watchIndex(table, verification.tools);
  await whileLookingAgain(verification, () => compareBothSides(verification, watch));
  await watch();
};

const confirmMemoryOf = async ({ index }: Table, tools: VerifyTools): Promise<void> => {
  const patience = patienceOf(tools.patienceMilliseconds);
  confirmMemory(index, await askIdentity(index, { ...tools, patience }));
};

const compareBothSides = async (verification: Verification, watch: IndexWatch): Promise<void> => {
  const { table, options, tools } = verification;
  const balance = new IdBalance(randomBytes(16).toString('hex'));
  await watch();
  await inLanes(segmentsOf(options), options.workers, (segment) =>
    compareSegment(segment, balance, verification),
  );
  const isSameIndex = await watch();
  tools.counts.phase = 'documents';
  await refreshIndex(table, tools);
  const parts = await partsOfIndex(table, tools);
  await weighParts(parts, balance, verification);
  if (!isSameIndex && balance.isShort()) throw new Error(fewerDocuments(table));
  const isDoubted = doubts(balance, options);
  if (isDoubted !== undefined) {
    for (const part of parts) {
      await closing({ table, part, position: firstPosition() }, tools, (reading) =>
        lookUpDocuments(reading, isDoubted, verification),
      );
    }
  }
  tools.counts.phase = 'suspects';
};

const weighParts = (
  parts: readonly IndexPart[],
  balance: IdBalance,
  { table, options, tools }: Verification,
): Promise<void> =>
  inLanes(parts, options.workers, async (part) => {
    const weight = { balance: balance.another(), documents: 0, ignored: new Map() };
    await closing({ table, part, position: firstPosition() }, tools, (reading) =>
      weighDocuments(reading, weight, tools),
    );
    balance.addAll(weight.balance);
    for (const [field, count] of weight.ignored) addTo(tools.counts.ignored, field, count);
  });

/** Has documents read; however that ends, OpenSearch need not remember them any longer. */
const closing = async (
  reading: DocumentReading,
  tools: VerifyTools,
  act: (reading: DocumentReading) => Promise<void>,
): Promise<void> => {
  try {
    await act(reading);
  } finally {
    await closeDocuments(reading.position, tools);
  }
};

const segmentsOf = ({ workers, samplePercent }: VerifyOptions): readonly SegmentPosition[] => {
  const { chosen, total } = chooseSegments(workers, samplePercent);
  return chosen.map((segment) => beginningOf(segment, total));
};
