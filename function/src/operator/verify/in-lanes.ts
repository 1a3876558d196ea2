/** Does something with each of the things, with so many at once; the first failure is the failure of all. */
export const inLanes = async <Thing>(
  things: Iterable<Thing>,
  width: number,
  act: (thing: Thing) => Promise<void>,
): Promise<void> => {
  const waiting = [...things].values(); // shared, so that each lane takes the next one
  let hasFailed = false;
  const runLane = async () => {
    for (const thing of waiting) {
      if (hasFailed) return;
      try {
        await act(thing);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: width }, runLane));
};
