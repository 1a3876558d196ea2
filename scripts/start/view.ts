import type { Difference } from './comparison.ts';
import type { OutcomeCounts } from './outcome-counts.ts';
import type { TableChange } from './trickle.ts';

/** Everything that a person sees, at one moment. */
export interface View {
  /** Since the start. */
  readonly seconds: number;
  readonly parts: readonly Part[];
  /** Empty until there are tables. */
  readonly tables: readonly TableView[];
  /** What is being done until there is a verdict. */
  readonly activity: string;
  readonly verdict: Verdict | undefined;
  readonly searches: readonly SearchView[];
  /** The latest first. */
  readonly changes: readonly TimedChange[];
  /** The last line of the function that is no metric line; it has one only when something is wrong. */
  readonly notice: string | undefined;
  /** How to end it, or how it ended. */
  readonly footer: string;
}

/** A part of the stack. */
export interface Part {
  readonly name: string;
  readonly isUp: boolean;
  /** Where it is, or what it waits for. */
  readonly detail: string;
  /** When this came to be, in seconds since the start. */
  readonly sinceSeconds: number;
}

/** A table and its index. */
export interface TableView {
  readonly name: string;
  readonly counts: OutcomeCounts;
  readonly documents: number | undefined;
  readonly items: number | undefined;
  /** From PutItem until a search finds the item. */
  readonly p50Seconds: number | undefined;
  readonly p99Seconds: number | undefined;
}

/** What a comparison found, and the time of day at which it ended. */
export interface Verdict {
  readonly items: number;
  readonly differences: readonly (Difference & { readonly table: string })[];
  readonly time: string;
}

/** A command to paste, and what it answered just now. */
export interface SearchView {
  readonly command: string;
  readonly answer: string;
}

/** A change with its time of day. */
export interface TimedChange extends TableChange {
  readonly time: string;
}
