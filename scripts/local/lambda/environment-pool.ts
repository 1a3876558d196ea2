import type { ExecutionEnvironment } from './execution-environment.ts';

/** The execution environments of a function, each of which is with one user at a time. */
export interface EnvironmentPool {
  /** Uses an environment alone, as soon as one is free. */
  use<T>(work: (environment: ExecutionEnvironment) => Promise<T>): Promise<T>;
}

/** Hands out execution environments, a warm one before a cold one, as Lambda does. */
export const createEnvironmentPool = (
  environments: readonly ExecutionEnvironment[],
): EnvironmentPool => {
  const idle = [...environments];
  const waiting: ((environment: ExecutionEnvironment) => void)[] = [];
  const acquire = async () =>
    takeWarmest(idle) ?? new Promise<ExecutionEnvironment>((resolve) => waiting.push(resolve));
  const release = (environment: ExecutionEnvironment) => {
    const next = waiting.shift();
    if (next === undefined) idle.push(environment);
    else next(environment);
  };
  const use = async <T>(work: (environment: ExecutionEnvironment) => Promise<T>) => {
    const environment = await acquire();
    try {
      return await work(environment);
    } finally {
      release(environment);
    }
  };
  return { use };
};

const takeWarmest = (idle: ExecutionEnvironment[]): ExecutionEnvironment | undefined => {
  const warm = idle.findIndex((environment) => environment.isWarm());
  return idle.splice(Math.max(warm, 0), 1)[0];
};
