/** How many bytes index.js may have. Lambda reads and parses each of them before the first event. */
export const budgetBytes = 450_000;

/** Throws if index.js is larger than its budget. */
export const assertWithinBudget = (bytes: number, budget: number): void => {
  if (bytes > budget)
    throw new Error(
      `index.js has ${bytes} bytes, ${bytes - budget} more than its budget: see above which dependency grew.`,
    );
};
