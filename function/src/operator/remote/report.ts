import type { Order, Verdict } from './order.ts';

/** What a run has come to: what is told of it in the end. */
export type RunReport = {
  readonly verdict: Verdict;
  readonly tables: readonly TableReport[];
  /** What only one command tells. */
  readonly [field: string]: unknown;
};

/** What it has come to for one table; `*` for all of them. */
export type TableReport = {
  readonly table: string;
  readonly index: string;
  /** Of all parts, under the engine's own names. */
  readonly counts: { readonly [name: string]: unknown };
};

/** The report as it is stored: `report.json`. */
export type StoredReport = RunReport & {
  readonly version: 1;
  readonly command: Order['command'];
  readonly run: string;
  readonly order: Order;
  readonly started_at: string;
  readonly ended_at: string;
};
