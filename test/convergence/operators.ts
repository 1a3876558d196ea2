import type { Table } from '../../function/src/core/table.ts';
import { createLog } from '../../function/src/log.ts';
import { backfill } from '../../function/src/operator/backfill/backfill.ts';
import { newCounts as newBackfillCounts } from '../../function/src/operator/backfill/counts.ts';
import { beginning } from '../../function/src/operator/backfill/position.ts';
import { rateOf } from '../../function/src/operator/backfill/rate.ts';
import { widthOf } from '../../function/src/operator/backfill/width.ts';
import {
  type OperatorEnvironment,
  openOperatorEnvironment,
} from '../../function/src/operator/environment.ts';
import { newReplayCounts, type ReplayCounts } from '../../function/src/operator/replay/replay.ts';
import { replayLetters } from '../../function/src/operator/replay/replay-letters.ts';
import {
  type Difference,
  newCounts as newVerificationCounts,
} from '../../function/src/operator/verify/verification.ts';
import { verifyTable } from '../../function/src/operator/verify/verify-table.ts';

/** The operator commands, as engines in this process; each throws where it cannot go on. */
export type Operators = {
  /** Whether the whole table was written. */
  readonly backfill: (tableName: string) => Promise<boolean>;
  /** The differences that were found, or that are left. */
  readonly verify: (
    tableName: string,
    how: { readonly isRepairing: boolean },
  ) => Promise<readonly Difference[]>;
  readonly replay: () => Promise<ReplayCounts>;
};

const WORKERS = 2;
const PATIENCE_MILLISECONDS = 60_000;

/** Opens the operators' environment by their parameter. */
export const openOperators = async (parameter: string): Promise<Operators> => {
  const log = createLog('ERROR', () => undefined);
  const environment = await openOperatorEnvironment({ parameter, region: 'eu-west-1', log });
  const { signal } = new AbortController();
  const table = (name: string) => tableOf(environment, name);
  return {
    backfill: (name) =>
      backfill(
        {
          table: table(name),
          streamArn: undefined,
          workers: WORKERS,
          patienceMilliseconds: PATIENCE_MILLISECONDS,
        },
        {
          ...environment,
          signal,
          position: beginning(WORKERS),
          counts: newBackfillCounts(),
          rate: rateOf(undefined),
          width: widthOf(WORKERS),
          onHindrance: () => undefined,
        },
      ),
    verify: async (name, { isRepairing }) => {
      const differences: Difference[] = [];
      await verifyTable(
        table(name),
        // So short that, while the stream flows, what is on its way is taken for a difference, and repaired.
        { workers: WORKERS, samplePercent: undefined, delaySeconds: 0.05, isRepairing },
        {
          ...environment,
          signal,
          isServerless: false,
          patienceMilliseconds: PATIENCE_MILLISECONDS,
          counts: newVerificationCounts(),
          onDifference: (difference) => differences.push(difference),
          onUnrepaired: () => undefined,
        },
      );
      return differences;
    },
    replay: async () => {
      const counts = newReplayCounts();
      await replayLetters(
        {
          tables: undefined,
          since: undefined,
          isDryRun: false,
          patienceMilliseconds: PATIENCE_MILLISECONDS,
        },
        { ...environment, signal, counts, onLeft: () => undefined, onForeign: () => undefined },
      );
      return counts;
    },
  };
};

const tableOf = ({ configuration }: OperatorEnvironment, name: string): Table => {
  const table = configuration.tables.get(name);
  if (table === undefined) throw new Error(`the configuration has no table ${name}`);
  return table;
};
