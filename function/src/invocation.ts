import type { Deadline } from './deadline.ts';
import type { ExecutionEnvironment } from './execution-environment.ts';

/** What one invocation works with. */
export type Invocation = ExecutionEnvironment & {
  readonly deadline: Deadline;
  readonly functionName: string;
};
