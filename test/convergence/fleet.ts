import type { EnvironmentVariables } from '../../scripts/local/lambda/environment-variables.ts';
import { createFunction, type LambdaFunction } from '../../scripts/local/lambda/function.ts';
import type { InvocationResult } from '../../scripts/local/lambda/invocation-result.ts';

/** The function, in as many execution environments as invocations may run at a time. */
export type Fleet = {
  /** Invokes the function; whoever finds all environments busy waits. */
  readonly invoke: (event: string) => Promise<Invoked>;
  /** Every machine is lost: invocations under way end, the next ones start cold. */
  readonly kill: () => Promise<void>;
  readonly coldStarts: () => number;
  readonly stop: () => Promise<void>;
};

/** How an invocation ended, and what it wrote to its log. */
export type Invoked = { readonly result: InvocationResult; readonly lines: readonly string[] };

/** What a fleet is made of. */
export type FleetParts = {
  /** Where the bundle lies. */
  readonly directory: string;
  readonly environment: EnvironmentVariables;
  readonly concurrency: number;
};

/** Two of its seconds are the function's own reserve, and on a busy machine a cold start takes some of the rest. */
const TIMEOUT_MILLISECONDS = 5000;

type Member = { readonly lambda: LambdaFunction; readonly lines: string[] };

/** Starts a fleet. Each member has a log of its own, so that lines can be told apart by invocation. */
export const startFleet = ({ concurrency, ...parts }: FleetParts): Fleet => {
  const members = Array.from({ length: concurrency }, () => startMember(parts));
  const idle = [...members];
  const waiting: ((member: Member) => void)[] = [];
  const acquire = async () => idle.pop() ?? new Promise<Member>((resolve) => waiting.push(resolve));
  const release = (member: Member) => {
    const next = waiting.shift();
    if (next === undefined) idle.push(member);
    else next(member);
  };
  const all = async (act: (lambda: LambdaFunction) => Promise<void>) =>
    void (await Promise.all(members.map(({ lambda }) => act(lambda))));
  return {
    invoke: async (event) => {
      const member = await acquire();
      try {
        member.lines.length = 0;
        const result = await member.lambda.invoke(event);
        return { result, lines: [...member.lines] };
      } finally {
        release(member);
      }
    },
    kill: () => all((lambda) => lambda.kill()),
    stop: () => all((lambda) => lambda.stop()),
    coldStarts: () => members.reduce((sum, { lambda }) => sum + lambda.coldStarts(), 0),
  };
};

const startMember = ({ directory, environment }: Omit<FleetParts, 'concurrency'>): Member => {
  const lines: string[] = [];
  const lambda = createFunction({
    directory,
    environment,
    timeoutMilliseconds: TIMEOUT_MILLISECONDS,
    concurrency: 1,
    onLog: (line) => lines.push(line),
  });
  return { lambda, lines };
};
