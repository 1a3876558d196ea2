import { readParameter } from '../../../function/src/aws/parameter.ts';
import { causeNameOf } from '../../../function/src/aws/service-error.ts';
import { at, parseJson, textOf } from '../../../function/src/core/json-value.ts';

/** What modules/operations has made, for one configuration. */
export type Operations = {
  readonly stateMachineArn: string;
  readonly functionName: string;
  /** Where its runs lie. */
  readonly bucket: string;
  /** What their keys begin with: `operations/`. */
  readonly prefix: string;
};

/** Name of the parameter in which the module says so, by that of the configuration, with or without a version. */
export const operationsParameter = (parameter: string): string =>
  `${parameter.replace(/:\d+$/, '')}-operations`;

/** Finds what the module has made. Throws one sentence, with what to add, where it was never applied. */
export const findOperations = async (parameter: string): Promise<Operations> => {
  const name = operationsParameter(parameter);
  const text = await readParameter(name).catch((error: unknown) => {
    throw causeNameOf(error) === 'ParameterNotFound' ? new Error(missing(name)) : error;
  });
  const operations = parseOperations(text);
  if (operations !== undefined) return operations;
  throw new Error(
    `The parameter ${name} is not what modules/operations writes: apply that module again.`,
  );
};

const missing = (name: string): string =>
  `There is no SSM parameter ${name} in this account and region, so modules/operations is not applied, or --parameter is not the output parameter_name of the module that syncs. Beside that module, add\n  module "operations" {\n    source = "…//modules/operations"\n    sync   = module.search_sync\n  }\nand apply: see docs/operations.md, "Inside AWS".`;

const parseOperations = (text: string): Operations | undefined => {
  const value = parseJson(text);
  const [stateMachineArn, functionName, bucket, prefix] = [
    'state_machine_arn',
    'function_name',
    'bucket',
    'prefix',
  ].map((name) => textOf(at(value, name)));
  return stateMachineArn && functionName && bucket && prefix
    ? { stateMachineArn, functionName, bucket, prefix }
    : undefined;
};
