import { backfillRun } from './backfill-run.ts';
import type { CommandWork } from './command-work.ts';
import type { Order } from './order.ts';
import { replayRun } from './replay-run.ts';
import { verifyRun } from './verify-run.ts';

/** How a command is carried out. */
export const workOf = (command: Order['command']): CommandWork => {
  switch (command) {
    case 'backfill':
      return backfillRun;
    case 'verify':
      return verifyRun;
    case 'replay':
      return replayRun;
  }
};
