/** Whatever has to be stopped in the end. */
export interface Resources {
  /** Registers something that runs from now on. */
  add(stop: () => Promise<void>): void;
  /** Stops all of it at the same time and returns when all of it has gone; what cannot be stopped holds up nothing else. */
  stop(): Promise<void>;
}

/** An empty collection of resources. */
export const createResources = (): Resources => {
  const stops: (() => Promise<void>)[] = [];
  return {
    add: (stop) => void stops.push(stop),
    stop: async () => void (await Promise.allSettled(stops.splice(0).map((stop) => stop()))),
  };
};
