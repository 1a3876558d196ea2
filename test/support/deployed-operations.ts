import { deployedFunction, type Surroundings } from './deployed-function.ts';

/** The deployed function of operations, which its account's state machine and users invoke. */
export type DeployedOperations = {
  /** What it has written to its log. */
  readonly lines: readonly string[];
  /** How many invocations there were so far. */
  readonly invocations: () => number;
  /** How many processes have been started so far. */
  readonly coldStarts: () => number;
  /** Kills its execution environments in the middle of what they do. */
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Has an account invoke a function of operations as it was deployed there. */
export const startDeployedOperations = async (
  functionName: string,
  surroundings: Surroundings,
): Promise<DeployedOperations> => {
  const { functions } = surroundings.account;
  const { lambda, lines } = await deployedFunction(functionName, surroundings);
  let invocations = 0;
  functions.set(functionName, (event) => {
    invocations += 1;
    return lambda.invoke(event);
  });
  return {
    lines,
    invocations: () => invocations,
    coldStarts: lambda.coldStarts,
    kill: lambda.kill,
    stop: async () => {
      functions.delete(functionName);
      await lambda.stop();
    },
  };
};
