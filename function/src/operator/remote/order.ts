/**
 * What an execution of the state machine is to do: its input, by whoever starts it. Tables that are
 * not named are all those of the configuration.
 */
export type Order = {
  readonly tables?: readonly string[] | undefined;
  /** Into how many segments each table is cut; by its size, unless said. */
  readonly segments?: number | undefined;
  /** How many parts are worked on at once; as the module says, unless said. */
  readonly concurrency?: number | undefined;
} & (BackfillOrder | VerifyOrder | ReplayOrder);

/** What `concurrency` may be: as much as Step Functions works on at once. */
export const MOST_CONCURRENCY = 10_000;

/** Writes every item into its index. */
export type BackfillOrder = {
  readonly command: 'backfill';
  /** Items a second that are read at most, over all parts. */
  readonly rate?: number | undefined;
};

/** Compares tables with their indexes. */
export type VerifyOrder = {
  readonly command: 'verify';
  readonly repair?: boolean | undefined;
  /** Percent of tables and indexes that are looked at. */
  readonly sample?: number | undefined;
  readonly delay_seconds?: number | undefined;
};

/** What `sample` may be. */
export const MOST_PERCENT = 100;

/** What `delay_seconds` may be. */
export const LONGEST_DELAY_SECONDS = 3600;

/** Settles dead letters. */
export type ReplayOrder = {
  readonly command: 'replay';
  /** ISO 8601: only what was stored since. */
  readonly since?: string | undefined;
  readonly dry_run?: boolean | undefined;
};

/** The phases of `verify`, in the order in which they come; the last may be left out. */
export const VERIFY_PHASES = ['items', 'documents', 'extras'] as const;

/** The phases of all commands. */
export const PHASES = ['backfill', ...VERIFY_PHASES, 'letters'] as const;

/** A phase of a run: parts that are worked on at once. */
export type Phase = (typeof PHASES)[number];

/** What one child execution works on, slice after slice: an entry of a phase's manifest in S3. */
export type Part = {
  readonly phase: Phase;
  /** `*` for letters, which lie together. */
  readonly table: string;
  /** From 0: a segment of the table, a shard of the index, or a share of the letters. */
  readonly segment: number;
  readonly of: number;
};

/** Asked by the state machine at its beginning, for each slice of a part, and after each phase. */
export type RunRequest =
  | {
      readonly step: 'begin';
      readonly run: string;
      readonly order: unknown;
      /** How many parts are worked on at once, where the order does not say: of the state machine's definition. */
      readonly concurrency: number;
    }
  | { readonly step: 'slice'; readonly run: string; readonly part: unknown }
  | { readonly step: 'next'; readonly run: string };

/** What is to be done after the beginning, or after a phase. */
export type NextPhase =
  | {
      readonly is_done: false;
      readonly phase: Phase;
      /** A JSON array of parts in S3. */
      readonly manifest: { readonly bucket: string; readonly key: string };
      /** Where Step Functions stores what it knows of the parts. */
      readonly results: { readonly bucket: string; readonly prefix: string };
      readonly concurrency: number;
    }
  | {
      readonly is_done: true;
      readonly verdict: Verdict;
      readonly report: { readonly bucket: string; readonly key: string };
    };

/** Whether something is left for people to do; `well`: every item was written, index equals table, no letter is left. */
export type Verdict = 'well' | 'something_left';

/** What a slice answers: whether the part is done, or another slice is to go on from where it is stored. */
export type SliceAnswer = { readonly is_done: boolean };
