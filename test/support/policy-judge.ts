import { runSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import { ACCOUNT } from './aws-account.ts';

/** A call of an AWS action, as IAM sees it. */
export type AwsCall = {
  /** With its service's prefix: `s3:PutObject`. */
  readonly action: string;
  /** ARN, or `*` for actions that know no resource. */
  readonly resource: string;
  /** Condition keys and their values. */
  readonly context?: { readonly [key: string]: string };
};

/** A statement of a policy; what is in it besides is the simulator's to read. */
export type Statement = { readonly Sid?: string; readonly [element: string]: unknown };

/**
 * Whether a role whose policies hold these statements may make the call, in an account without further
 * policies. Throws when the action, the resource or a condition key is not one of AWS's: a misspelt
 * call is denied by every policy, and proves nothing.
 */
export const isAllowed = async (
  statements: readonly Statement[],
  call: AwsCall,
): Promise<boolean> => {
  const simulated = await runSimulation(simulationOf(statements, call), {});
  if (simulated.resultType === 'error') {
    throw new Error(`${call.action} on ${call.resource}: ${JSON.stringify(simulated.errors)}`);
  }
  const ignored = simulated.resultType === 'single' ? simulated.result.ignoredContextKeys : [];
  if (ignored !== undefined && ignored.length > 0) {
    throw new Error(`${call.action} on ${call.resource} has no condition key ${ignored.join()}`);
  }
  return simulated.overallResult === 'Allowed';
};

const simulationOf = (
  statements: readonly Statement[],
  { action, resource, context }: AwsCall,
): Simulation => ({
  request: {
    principal: `arn:aws:sts::${ACCOUNT}:assumed-role/function/function`,
    action,
    resource: { resource, accountId: ACCOUNT },
    contextVariables: { ...context },
  },
  // One policy each: only within one must their names differ.
  identityPolicies: statements.map((statement, position) => ({
    name: String(position),
    policy: { Version: '2012-10-17', Statement: [statement] },
  })),
  serviceControlPolicies: [],
  resourceControlPolicies: [],
  ...(action.startsWith('kms:') && { resourcePolicy: TRUSTING_KEY_POLICY }),
});

// What AWS gives a new key: without it, no role's policy counts for a key.
const TRUSTING_KEY_POLICY = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
  ],
};
