import { deployedFunction, type Surroundings } from './deployed-function.ts';

/** The deployed function of operations, which its account's state machine and users invoke. */
export type DeployedOperations = {
  /** What it has written to its log. */
  readonly lines: readonly string[];
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
  functions.set(functionName, lambda.invoke);
  return {
    lines,
    kill: lambda.kill,
    stop: async () => {
      functions.delete(functionName);
      await lambda.stop();
    },
  };
};
