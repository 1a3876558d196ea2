import { backfillRun } from './backfill-run.ts';
import type { Order } from './order.ts';
import type { CommandWork } from './slice.ts';

/** How a command is carried out. */
export const workOf = (command: Order['command']): CommandWork => {
  switch (command) {
    case 'backfill':
      return backfillRun;
    case 'verify':
    case 'replay':
      throw new Error(`${command} is not to be had inside AWS yet.`);
  }
};
