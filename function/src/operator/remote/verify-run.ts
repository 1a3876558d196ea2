import type { CommandWork, RunTools } from './command-work.ts';
import type { Part } from './order.ts';
import { sumBalances, summedBalance } from './verify-balances.ts';
import { documentParts, extrasParts, itemsParts } from './verify-parts.ts';
import { confirmIndexes, planVerification } from './verify-plan.ts';
import { reportVerification } from './verify-report.ts';
import { wishesOf } from './verify-wishes.ts';
import { workOnDocuments, workOnExtras, workOnItems } from './verify-work.ts';

/**
 * `verify`: every item is compared with its document, then all documents are weighed against those that
 * were found; only where they are too many, or for a sample, are their items looked up.
 */
export const verifyRun: CommandWork = {
  plan: planVerification,
  phases: [
    {
      phase: 'items',
      parts: async ({ run }) => itemsParts(run),
      work: workOnItems,
      conclude: async (tools) => {
        await confirmIndexes(tools);
        return { kind: 'phase', phase: 'documents' };
      },
    },
    {
      phase: 'documents',
      parts: documentParts,
      work: workOnDocuments,
      conclude: async (tools) => {
        await sumBalances(tools, await confirmIndexes(tools));
        const parts = await doubtedParts(tools);
        if (parts.length > 0) return { kind: 'phase', phase: 'extras' };
        return { kind: 'report', report: await reportVerification(tools) };
      },
    },
    {
      phase: 'extras',
      parts: (tools) => doubtedParts(tools),
      work: workOnExtras,
      conclude: async (tools) => {
        await confirmIndexes(tools);
        return { kind: 'report', report: await reportVerification(tools) };
      },
    },
  ],
};

/** The parts whose documents may have no item. */
const doubtedParts = async (tools: RunTools): Promise<readonly Part[]> => {
  const { order, tables } = tools.run;
  if (wishesOf(order).samplePercent !== undefined) return extrasParts(tables, tools);
  const doubted = [];
  for (const plan of tables) {
    if ((await summedBalance(plan.table, tools)).length > 0) doubted.push(plan);
  }
  return extrasParts(doubted, tools);
};
