/** Adds to a count by name. */
export const addTo = (counts: Map<string, number>, name: string, count: number): void => {
  counts.set(name, (counts.get(name) ?? 0) + count);
};

/** Counts added up, name by name; what is no number is left out. */
export const addCounts = (sum: Map<string, number>, counts: object): void => {
  for (const [name, count] of Object.entries(counts))
    if (typeof count === 'number') addTo(sum, name, count);
};
