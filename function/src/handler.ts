import type { Context, DynamoDBBatchResponse } from 'aws-lambda';
import { deadlineOf } from './deadline.ts';
import { createExecutionEnvironment, type ExecutionEnvironment } from './execution-environment.ts';
import { synchronize } from './synchronization.ts';

let environment: Promise<ExecutionEnvironment> | undefined; // undefined after a failure, so that the next invocation tries again

/** The execution environment; its reading begins when the module is loaded, in Lambda's init phase. */
const initialise = (): Promise<ExecutionEnvironment> => {
  environment ??= createExecutionEnvironment(process.env);
  environment.catch(() => {
    environment = undefined; // reported by the invocation that waits for it
  });
  return environment;
};

// Where Lambda has the other handler called, nobody would use it.
if (process.env['_HANDLER']?.endsWith('.operate') !== true) initialise();

/** The Lambda function: brings the index up to an event of DynamoDB Streams records (contract §4). */
export const handler = async (event: unknown, context: Context): Promise<DynamoDBBatchResponse> =>
  synchronize(event, {
    ...(await initialise()),
    deadline: deadlineOf(() => context.getRemainingTimeInMillis()),
    functionName: context.functionName,
  });

/** The Lambda function of modules/operations, which reads the configuration when it is asked something. */
export const operate = async (event: unknown, context: Context): Promise<unknown> => {
  const operator = await import('./operator/remote/operate.ts');
  return operator.operate(event, context);
};
