import type { Table } from '../../core/table.ts';
import type { OperatorEnvironment } from '../environment.ts';
import type { Patience } from '../patience.ts';
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
  readonly counts: BackfillCounts;
  readonly rate: Rate;
  readonly width: Width;
  readonly patience: RunPatience;
  readonly signal: AbortSignal;
  /** What keeps it from going on; undefined once it goes on. */
  readonly onHindrance: (hindrance: string | undefined) => void;
};

/** Patience that is shorter where only an operator can help: without permission, with a wrong configuration. */
export type RunPatience = Patience & { readonly shorten: () => void };

/** One of the services wants it slower. */
export const slowDown = ({ counts, width }: BackfillRun): void => {
  counts.throttled++;
  width.narrow();
};
