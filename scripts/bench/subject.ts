import type { Cleanup } from './cleanup.ts';
import type { Plot } from './plot/plot.ts';

/** How much is measured. */
export interface Extent {
  readonly rounds: number;
  /** Does it run at all? */
  readonly isQuick: boolean;
  readonly onProgress: (line: string) => void;
}

/** What one subject came to. */
export interface Outcome {
  /** For people to read. */
  readonly report: string;
  readonly plots: readonly Plot[];
  /** Every single measurement, for machines. */
  readonly measured: object;
}

/** Measures one subject from nothing; what it starts is ended by the cleanup. */
export type Bench = (extent: Extent, cleanup: Cleanup) => Promise<Outcome>;
