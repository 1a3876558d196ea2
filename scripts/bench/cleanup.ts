/** What is to be ended or removed, in reverse order, whatever happens. */
export interface Cleanup {
  readonly add: (end: () => Promise<unknown>) => void;
  /** Ends everything, once. */
  readonly run: () => Promise<void>;
}

/** A cleanup that also runs at Ctrl-C and at SIGTERM, after which the process exits. */
export const cleanupAtExit = (): Cleanup => {
  const cleanup = createCleanup();
  for (const [signal, status] of SIGNALS) {
    process.once(signal, () => void cleanup.run().finally(() => process.exit(status)));
  }
  return cleanup;
};

/** A cleanup of a part, for whoever runs it. */
export const createCleanup = (): Cleanup => {
  const ends: (() => Promise<unknown>)[] = [];
  const run = async (): Promise<void> => {
    for (let end = ends.pop(); end !== undefined; end = ends.pop()) await end();
  };
  return { add: (end) => void ends.push(end), run };
};

const SIGNALS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const;
