import { IdBalance } from '../../core/id-balance.ts';
import { beginningOf, compareSegment } from '../verify/compare-segment.ts';
import {
  type DocumentPosition,
  type DocumentReading,
  firstPosition,
} from '../verify/document-pages.ts';
import { doubts } from '../verify/doubt.ts';
import { lookUpDocuments } from '../verify/look-up-documents.ts';
import type { Verification } from '../verify/verification.ts';
import { weighDocuments } from '../verify/weigh-documents.ts';
import type { WorkOnPart } from './command-work.ts';
import type { Part } from './order.ts';
import { summedBalance } from './verify-balances.ts';
import { verifyPart } from './verify-slice.ts';

/** Compares the items of a segment with their documents. */
export const workOnItems: WorkOnPart = (part, tools) =>
  verifyPart(part, tools, {
    beginning: beginningOf(part.segment, part.of),
    act: ({ position, balance, verification }) => compareSegment(position, balance, verification),
  });

/** Counts the documents of a shard, and weighs their ids. */
export const workOnDocuments: WorkOnPart = (part, tools) =>
  verifyPart(part, tools, {
    beginning: firstPosition(),
    act: async ({ position, balance, verification }) => {
      const { documents, ignored } = verification.tools.counts;
      const weight = { balance, documents, ignored }; // of a part all that was counted is its own
      await weighDocuments(readingOf(part, verification, position), weight, verification.tools);
    },
  });

/** Looks up the items of those documents of a shard that may have none. */
export const workOnExtras: WorkOnPart = (part, tools) =>
  verifyPart(part, tools, {
    beginning: firstPosition(),
    act: async ({ position, verification }) => {
      const sum = new IdBalance(tools.run.balance_key);
      sum.addBytes(await summedBalance(part.table, tools));
      const isDoubted = doubts(sum, verification.options) ?? nobody;
      const reading = readingOf(part, verification, position);
      await lookUpDocuments(reading, isDoubted, verification);
    },
  });

const nobody = () => false;

const readingOf = (
  { segment }: Part,
  { table, tools: { isServerless } }: Verification,
  position: DocumentPosition,
): DocumentReading => ({ table, part: { shard: isServerless ? undefined : segment }, position });
