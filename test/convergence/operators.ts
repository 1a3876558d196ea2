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
  /** The differences that were found; those that could be are repaired, where that is wanted. */
  readonly verify: (tableName: string, options: VerifyOptions) => Promise<readonly Difference[]>;
  readonly replay: () => Promise<ReplayCounts>;
};

type VerifyOptions = { readonly isRepairing: boolean };

/** Opens the operators' environment by their parameter. */
export const openOperators = async (parameter: string): Promise<Operators> => {
  const log = createLog('ERROR', () => undefined);
  const environment = await openOperatorEnvironment({ parameter, region: 'eu-west-1', log });
  const table = (name: string) => tableOf(name, environment);
  return {
    backfill: (name) => backfillTable(table(name), environment),
    verify: (name, options) => verify(table(name), environment, options),
    replay: () => replay(environment),
  };
};

const WORKERS = 2;
const PATIENCE_MILLISECONDS = 60_000;
const { signal } = new AbortController(); // nobody stops them

const backfillTable = (table: Table, environment: OperatorEnvironment): Promise<boolean> => {
  const patienceMilliseconds = PATIENCE_MILLISECONDS;
  return backfill(
    { table, streamArn: undefined, workers: WORKERS, patienceMilliseconds },
    {
      ...environment,
      signal,
      position: beginning(WORKERS),
      counts: newBackfillCounts(),
      rate: rateOf(undefined),
      width: widthOf(WORKERS),
      onHindrance: () => undefined,
    },
  );
};

const verify = async (
  table: Table,
  environment: OperatorEnvironment,
  { isRepairing }: VerifyOptions,
): Promise<readonly Difference[]> => {
  const differences: Difference[] = [];
  await verifyTable(
    table,
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
};

const replay = async (environment: OperatorEnvironment): Promise<ReplayCounts> => {
  const counts = newReplayCounts();
  const patienceMilliseconds = PATIENCE_MILLISECONDS;
  await replayLetters(
    { tables: undefined, since: undefined, isDryRun: false, patienceMilliseconds },
    { ...environment, signal, counts, onLeft: () => undefined, onForeign: () => undefined },
  );
  return counts;
};

const tableOf = (name: string, { configuration }: OperatorEnvironment): Table => {
  const table = configuration.tables.get(name);
  if (table === undefined) throw new Error(`the configuration has no table ${name}`);
  return table;
};
