/** Lets conditions be waited for: whoever changes anything says so, whoever waits looks again. */
export interface Changes {
  /** Has every waiting condition looked at again. */
  changed(): void;
  /** Waits until the condition holds. */
  until(condition: () => boolean): Promise<void>;
}

/** Creates a place where changes are told; `onChange` is told each time too. */
export const createChanges = (onChange: () => void): Changes => {
  let next = Promise.withResolvers<void>();
  return {
    changed: () => {
      next.resolve();
      next = Promise.withResolvers();
      onChange();
    },
    until: async (condition) => {
      while (!condition()) await next.promise;
    },
  };
};
