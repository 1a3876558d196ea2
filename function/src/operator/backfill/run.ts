import { faultOf } from '../../aws/fault.ts';
import type { Table } from '../../core/table.ts';
import type { OperatorEnvironment } from '../environment.ts';
import { hindranceIn, type OnHindrance } from '../hindrance.ts';
import type { RunPatience } from '../patience.ts';
import type { Persistence } from '../persist.ts';
import type { BackfillCounts } from './counts.ts';
import type { Rate } from './rate.ts';
import type { Width } from './width.ts';

/** What all who work on one table share. */
export type BackfillRun = Pick<
  OperatorEnvironment,
  'configuration' | 'send' | 'indexes' | 'log'
> & {
  readonly table: Table;
  readonly totalSegments: number;
  /** For the records of dead letters; undefined where the table has no stream. */
  readonly streamArn: string | undefined;
  /** Counted on. */
  readonly counts: BackfillCounts;
  readonly rate: Rate;
  readonly width: Width;
  readonly patience: RunPatience;
  readonly signal: AbortSignal;
  readonly onHindrance: OnHindrance;
};

/** One of the services wants it slower. */
export const slowDown = ({ counts, width }: BackfillRun): void => {
  counts.throttled++;
  width.narrow();
};

/** How long AWS is asked for something: as long as the run lasts. */
export const persistence = (run: BackfillRun): Persistence => ({
  signal: run.signal,
  patience: run.patience,
  onFault: (error) => {
    if (faultOf(error) === 'throttled') slowDown(run);
    run.onHindrance(hindranceIn(error), run.patience.leftMilliseconds());
  },
});
