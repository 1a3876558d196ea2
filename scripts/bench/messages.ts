/** Where bulk requests go. */
export interface Target {
  /** Of OpenSearch, without a path. */
  readonly url: string;
  readonly index: string;
  /** The query of the function's own bulk requests. */
  readonly query: string;
}

/** What a contestant is to do while it is measured; it has events, ready-made bodies, or both, a batch each. */
export interface Work {
  readonly target: Target;
  /** Lambda events as JSON text. */
  readonly events: readonly string[];
  /** The bodies of the bulk requests of each batch. */
  readonly bodies: readonly Batch[];
}

/** The bodies of a batch's bulk requests. */
export type Batch = readonly Uint8Array[];

/** Time that went by, and time that all threads of the process were computing. */
export interface Effort {
  readonly milliseconds: number;
  readonly cpuMilliseconds: number;
}

/** What a contestant measured of itself. */
export interface Measurement {
  readonly work: Effort;
  /** JSON.parse of the same events, alone. */
  readonly parse: Effort | undefined;
  /** SHA-256 of the same bodies, alone. */
  readonly hash: Effort | undefined;
}

/** What comes back from a contestant. */
export type Reply =
  | { readonly kind: 'measured'; readonly measurement: Measurement }
  | { readonly kind: 'failed'; readonly error: string };
