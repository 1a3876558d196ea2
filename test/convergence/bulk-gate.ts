/** Requests pass it side by side; whoever wants to be alone waits for those under way, and holds up the others. */
export type BulkGate = {
  /** Lets work pass, once nobody is alone. */
  readonly pass: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Does work while no other passes. */
  readonly alone: (work: () => Promise<void>) => Promise<void>;
  /** Resolves when everything that is passing now is through. */
  readonly through: () => Promise<void>;
};

/** Opens a gate. */
export const openBulkGate = (): BulkGate => {
  const passing = new Set<Promise<unknown>>();
  let lonely: Promise<void> = Promise.resolve();
  const through = async () => void (await Promise.allSettled(passing));
  return {
    pass: async (work) => {
      for (let before = lonely; ; before = lonely) {
        await before;
        if (before === lonely) break;
      }
      const passage = work();
      passing.add(passage);
      try {
        return await passage;
      } finally {
        passing.delete(passage);
      }
    },
    alone: (work) => {
      const turn = lonely.then(through).then(work);
      lonely = turn.catch(() => undefined);
      return turn;
    },
    through,
  };
};
