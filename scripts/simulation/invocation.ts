import { accountFor } from '../../function/src/core/account.ts';
import { deliveriesByTable } from '../../function/src/core/event.ts';
import { pageLimitsFor } from '../../function/src/core/page.ts';
import { stepsOf } from '../../function/src/core/steps.ts';
import type { StreamRecord } from '../../function/src/core/stream-record.ts';
import type { Table } from '../../function/src/core/table.ts';
import type { Deadline } from '../../function/src/deadline.ts';
import { type DeliveryTools, deliver } from '../../function/src/delivery.ts';
import { newLedger } from '../../function/src/ledger.ts';
import { createLog } from '../../function/src/log.ts';
import type { Send } from '../../function/src/opensearch/connection.ts';
import type { PageSize } from '../../function/src/opensearch/page-size.ts';
import { TABLE } from './shard-source.ts';

/** What an invocation of the simulated function works with. */
export interface InvocationParts {
  readonly send: Send;
  readonly deadline: Deadline;
  readonly pageSize: PageSize;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * What the function makes of an event's records, by its own code as `synchronize` puts it together; without rereads
 * and dead letters, for which the modelled cluster gives no cause. Returns its answer, as JSON text.
 */
export const answerTo = async (
  records: readonly StreamRecord[],
  parts: InvocationParts,
): Promise<string> => {
  const ledger = newLedger();
  const pageLimits = pageLimitsFor(records);
  await deliver(stepsOf(deliveriesByTable(records, TABLES)), {
    ...SETTING,
    ...parts,
    pageLimits,
    ledger,
  });
  const { retryFrom } = accountFor(records, ledger.settled);
  const batchItemFailures = retryFrom === undefined ? [] : [{ itemIdentifier: retryFrom }];
  return JSON.stringify({ batchItemFailures });
};

const TABLES: ReadonlyMap<string, Table> = new Map([
  [
    TABLE,
    {
      name: TABLE,
      index: 'orders',
      partitionKey: { name: 'id', type: 'S' },
      profile: 'exact',
      where: new Map(),
      exclude: new Set(),
      settings: {},
      mappings: {},
    },
  ],
]);

const SETTING: Pick<DeliveryTools, 'indexes' | 'log' | 'refresh' | 'settleRereads'> = {
  indexes: { prepare: async () => undefined, forget: () => undefined },
  log: createLog('ERROR', () => undefined),
  refresh: undefined,
  settleRereads: async (rereads) => {
    if (rereads.length > 0) throw new Error('the modelled cluster gave cause to read an item');
    return { again: [], rereads: [] };
  },
};
