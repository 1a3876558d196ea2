import { describeFunction } from '../../../function/src/aws/event-source-mappings.ts';
import { readParameterVersion } from '../../../function/src/aws/parameter.ts';
import { messageOf } from '../../../function/src/aws/service-error.ts';
import { listExecutions } from '../../../function/src/aws/state-machine.ts';
import { type Check, ok, skipped, wrong } from '../../../function/src/operator/doctor/check.ts';
import { checkFunction } from '../../../function/src/operator/doctor/function.ts';
import { type Operations, operationsParameter } from './operations.ts';

/** Checks what needs no network: that the state machine and the function are there, the function as it was applied last. */
export const checkOperations = async (
  operations: Operations,
  parameter: string,
): Promise<readonly Check[]> => [
  ok('parameter', operationsParameter(parameter)),
  await checkStateMachine(operations),
  ...(await checkItsFunction(operations, parameter)),
];

const NAME = 'state machine';

const checkStateMachine = async ({ stateMachineArn: arn }: Operations): Promise<Check> => {
  try {
    const { value: newest } = await listExecutions(arn).next();
    const last = newest === undefined ? 'nothing ran yet' : `${newest.name} ran last`;
    return ok(NAME, `${arn.split(':').at(-1)}: ${last}`);
  } catch (error) {
    return wrong(
      NAME,
      messageOf(error),
      'Apply modules/operations, or be allowed states:ListExecutions on it.',
    );
  }
};

const checkItsFunction = async (
  { functionName }: Operations,
  parameter: string,
): Promise<readonly Check[]> => {
  try {
    const version = await readParameterVersion(parameter).catch(() => undefined);
    return checkFunction(await describeFunction(functionName), version);
  } catch (error) {
    return [skipped('function', messageOf(error))]; // whether it works will be seen
  }
};
