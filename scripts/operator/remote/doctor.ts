import { describeFunction } from '../../../function/src/aws/event-source-mappings.ts';
import { invokeFunction } from '../../../function/src/aws/function-invocation.ts';
import { at, elementsOf, isFields } from '../../../function/src/core/json-value.ts';
import {
  type GroupedCheck,
  grouped,
  skipped,
} from '../../../function/src/operator/doctor/check.ts';
import { checkIdentity } from '../../../function/src/operator/doctor/identity.ts';
import { checkTeller } from '../doctor/check-teller.ts';
import type { CommandInvocation, ExitCode } from '../operator-command.ts';
import { checkOperations } from './check-operations.ts';
import { findOperations, type Operations } from './operations.ts';

/** `doctor`, inside AWS: looks from here at what has it run there, and has the function look at the rest. */
export const examineRemotely = async (invocation: CommandInvocation): Promise<ExitCode> => {
  const { parameter, region, output, interrupted } = invocation;
  const teller = checkTeller(invocation);
  const { checks } = await checkIdentity(region);
  for (const check of grouped(checks, 'identity')) teller.tell(check);
  if (checks.some(({ status }) => status === 'wrong')) {
    for (const check of grouped([WITHOUT_CREDENTIALS], 'table')) teller.tell(check);
    return teller.end();
  }
  const operations = await findOperations(parameter);
  const here = await checkOperations(operations, parameter);
  for (const check of grouped(here, 'operations', operations.functionName)) teller.tell(check);
  interrupted.throwIfAborted();
  const there = await askFunction(operations, invocation);
  teller.headline(output.style.strong(`Inside the network, as ${await roleOf(operations)}`));
  for (const check of there) teller.tell(check);
  return teller.end();
};

const WITHOUT_CREDENTIALS = skipped('table', 'without credentials AWS tells nothing');

const askFunction = async (
  { functionName }: Operations,
  { options, interrupted }: CommandInvocation,
): Promise<readonly GroupedCheck[]> => {
  const request = { step: 'doctor', probe: options['probe'] === true, tables: null };
  const answer = await invokeFunction(functionName, request, interrupted);
  const checks = elementsOf(at(answer, 'checks')).filter(isCheck);
  if (checks.length > 0) return checks;
  throw new Error(
    `The function ${functionName} answers without checks: apply modules/operations with a function of this version.`,
  );
};

// The edge: the function tells what our own engine says.
const isCheck = (value: unknown): value is GroupedCheck =>
  isFields(value) &&
  ['name', 'status', 'finding', 'group'].every((name) => typeof value[name] === 'string');

/** Its role; its name to who may not know. */
const roleOf = async ({ functionName }: Operations): Promise<string> =>
  (await describeFunction(functionName).catch(() => undefined))?.roleArn ?? functionName;
