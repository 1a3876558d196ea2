import { ACCOUNT, REGION } from '../../support/aws-account.ts';
import type { ProxiedRequest } from '../../support/fault-proxy.ts';
import type { AwsCall } from '../../support/policy-judge.ts';
import { awsCallsIn, openSearchCallIn } from '../../support/recorded-calls.ts';
import { isOfStateMachine } from '../../support/state-machines.ts';
import { OPERATIONS_KEY_ID, type Operated } from './operated.ts';

const WHERE = {
  region: REGION,
  account: ACCOUNT,
  openSearchArn: `arn:aws:es:${REGION}:${ACCOUNT}:domain/operated`,
};

/** What the function of operations has asked of AWS and OpenSearch so far, each once. */
export const callsOfFunction = ({ account, dynamoDB, domain }: Operated): readonly AwsCall[] =>
  distinct([
    ...[...account.requests, ...dynamoDB.requests]
      .filter(isOfFunction)
      .flatMap((request) => awsCallsIn(request, WHERE)),
    ...domain.proxy.requests
      .filter(isOfFunction)
      .map((request) => openSearchCallIn(request, WHERE)),
  ]);

/** What the state machine has asked of AWS so far, each once; its children it starts without being asked. */
export const callsOfStateMachine = ({ account }: Operated): readonly AwsCall[] =>
  distinct(
    account.requests.filter(isOfStateMachine).flatMap((request) => awsCallsIn(request, WHERE)),
  );

const isOfFunction = ({ headers }: ProxiedRequest): boolean =>
  headers.authorization?.includes(`Credential=${OPERATIONS_KEY_ID}/`) === true;

const distinct = (calls: readonly AwsCall[]): readonly AwsCall[] => [
  ...new Map(calls.map((call) => [JSON.stringify(call), call])).values(),
];
